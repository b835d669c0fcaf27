import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { exponential, type Stream } from "../../engine/random.ts";

export interface CustomerOptions {
  /** What it calls itself: by this the server knows it from others at the same address. */
  readonly name: string;
  /** The server, with a slash at the end. */
  readonly server: string;
  /** What it wants, with the digests that it trusts. */
  readonly digests: ReadonlyMap<string, string>;
  readonly random: Stream;
  /** Mean seconds between the end of a download and the next. */
  readonly between: number;
  /** Seconds until it asks again for a file that came wrong, or not at all. */
  readonly again: number;
  readonly hear: (outcome: Outcome) => void;
}

/** What came of one attempt at a file. */
export interface Outcome {
  readonly customer: string;
  readonly path: string;
  /** - `good`: the digest is right; `wrong`: it is another; `failed`: no whole file. */
  readonly kind: "good" | "wrong" | "failed";
  /** Whence it came, with a slash at the end: the server, or whom that redirected to. */
  readonly from: string;
  readonly bytes: number;
}

/** Attempts at a file, as with the tools that come back. */
const ATTEMPTS = 3;

/** Redirects that it follows; there is no use in more. */
const HOPS = 3;

/** Downloads one file after the other, in an order of its own, until `signal` is aborted. */
export async function visit(options: CustomerOptions, signal: AbortSignal): Promise<void> {
  const { random, between, again, hear } = options;
  try {
    for (;;) {
      for (const path of shuffled([...options.digests.keys()], random)) {
        await pause(1000 * exponential(random, between), undefined, { signal });
        for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
          const outcome = await download(options, path, signal);
          hear(outcome);
          if (outcome.kind === "good") break;
          await pause(1000 * again, undefined, { signal });
        }
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Fetches a file, wherever it is sent to, and compares its digest. Throws only when it is aborted. */
export async function download(
  { name, server, digests }: Pick<CustomerOptions, "name" | "server" | "digests">,
  path: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const headers = { "User-Agent": name };
  let url = new URL(path, server);
  let bytes = 0;
  const outcome = (kind: Outcome["kind"]): Outcome => {
    return { customer: name, path, kind, from: `${url.origin}/`, bytes };
  };
  try {
    for (let hop = 0; hop <= HOPS; hop++) {
      const response = await fetch(url, { redirect: "manual", headers, signal });
      const location = response.headers.get("location");
      if (location !== null) {
        await response.body?.cancel();
        url = new URL(location, url);
        continue;
      }
      if (!response.ok) return outcome("failed");
      const hash = createHash("sha256");
      for await (const piece of response.body ?? []) {
        hash.update(piece);
        bytes += piece.length;
      }
      return outcome(hash.digest("hex") === digests.get(path) ? "good" : "wrong");
    }
  } catch (error) {
    if (signal.aborted) throw error;
  }
  return outcome("failed");
}

/** Fisher and Yates's shuffle. */
function shuffled<Item>(items: Item[], random: Stream): Item[] {
  for (let last = items.length - 1; last > 0; last--) {
    const at = Math.floor((last + 1) * random());
    [items[last], items[at]] = [items[at], items[last]];
  }
  return items;
}
