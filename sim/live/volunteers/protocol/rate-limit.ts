import ipaddr from "ipaddr.js";

/** Keys that are remembered; who comes after more than that is as good as new. */
const MOST = 10_000;

/** Token buckets by key: so many at once, and so many per second from then on. */
export class RateLimit {
  readonly #rate: number;
  readonly #burst: number;
  /** When each bucket was, or will be, full: host time in seconds. In order of use. */
  readonly #fullAt = new Map<string, number>();

  constructor([rate, burst]: readonly [rate: number, burst: number]) {
    this.#rate = rate;
    this.#burst = burst;
  }

  /** Takes one; returns 0, or the seconds after which there is one again. */
  take(key: string, now: number): number {
    const fullAt = Math.max(now, this.#fullAt.get(key) ?? now) + 1 / this.#rate;
    const excess = fullAt - now - this.#burst / this.#rate;
    if (excess > 1e-9) return excess;
    this.#fullAt.delete(key);
    this.#fullAt.set(key, fullAt);
    if (this.#fullAt.size > MOST) this.#forget();
    return 0;
  }

  #forget(): void {
    for (const key of this.#fullAt.keys()) {
      this.#fullAt.delete(key);
      return;
    }
  }
}

/** What counts as one address: of IPv6 the network of 64 bits that a customer of a provider has. */
export function rateKey(text: string): string {
  if (!ipaddr.isValid(text)) return text;
  const address = ipaddr.process(text);
  if (!("parts" in address)) return address.toString();
  return address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":");
}
