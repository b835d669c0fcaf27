import type { Random } from "../../../policies/index.ts";
import { fetched } from "./fetching.ts";

/** Where a prober asks, and whom it tells. */
export interface ProbeHost {
  /** An address to ask a byte of, or "" where the volunteer has none. */
  probeAddress(volunteer: number, random: Random): string;
  /** Seconds from the question to the answer, or null. */
  probed(volunteer: number, seconds: number | null): void;
}

/**
 * Asks volunteers for a byte and takes the time to the answer. One that says that it does not have the
 * file, or redirects, has answered; one that says that it cannot (5xx, 429) has not.
 */
export class Prober {
  readonly #host: ProbeHost;
  readonly #limit: number;
  readonly #random: Random;
  readonly #closing = new AbortController();
  readonly #busy = new Set<number>();

  /** `limit`: seconds to the first byte. */
  constructor(host: ProbeHost, limit: number, random: Random) {
    this.#host = host;
    this.#limit = limit;
    this.#random = random;
  }

  async probe(volunteer: number): Promise<void> {
    if (this.#busy.has(volunteer)) return; // The answer to the first will do.
    this.#busy.add(volunteer);
    const seconds = await this.#seconds(this.#host.probeAddress(volunteer, this.#random));
    this.#busy.delete(volunteer);
    if (!this.#closing.signal.aborted) this.#host.probed(volunteer, seconds);
  }

  close(): void {
    this.#closing.abort();
  }

  async #seconds(url: string): Promise<number | null> {
    if (url === "") return null;
    const start = performance.now();
    try {
      const response = await fetched(url, {
        ...{ method: "GET", headers: { Range: "bytes=0-0" } },
        ...{ firstByte: this.#limit, signal: this.#closing.signal },
      });
      response.destroy();
      const { statusCode = 0 } = response;
      return statusCode < 500 && statusCode !== 429 ? (performance.now() - start) / 1000 : null;
    } catch {
      return null;
    }
  }
}
