import type { AccessTrace } from "../trace/trace.ts";
import type { FileTally } from "./file-tally.ts";
import { LastUses } from "./last-uses.ts";
import { type Spread, spreadOfCounts } from "./spread.ts";

/** Sizes of caches that are told, as shares of the bytes asked for: two a power of ten. */
const SHARES = [-6, -5, -4, -3, -2, -1, 0].map((power) => 10 ** (power / 2));
/** Halvings of the logarithm of a time: to a millionth. */
const HALVINGS = 30;

/** How soon files are asked for again, by anybody: what a cache could answer. */
export interface ReuseProfile {
  /** Requests for a file that nobody had asked for before. */
  readonly first: number;
  /**
   * The stack distance of the other requests: how many files were asked for since the last request for
   * this one, with it. A cache of the files last used answers those within its size.
   */
  readonly distance: Spread | null;
  /** Bytes of the files that were asked for: an unlimited cache's. */
  readonly bytes: number;
  /** What caches that keep the files last used would answer. */
  readonly caches: readonly CacheRow[];
}

export interface CacheRow {
  /** Size of the cache as a share of the bytes of the files that were asked for. */
  readonly share: number;
  /** The share of all requests that it answers. */
  readonly hits: number;
  /** The share that it would if the same requests came in any order: what popularity alone gives. */
  readonly shuffled: number;
}

export function profileReuse(
  { catalogue, requests: table }: AccessTrace,
  { requests }: Pick<FileTally, "requests">,
): ReuseProfile {
  const asked = [...requests.keys()].filter((file) => requests[file] > 0);
  const bytes = asked.reduce((sum, file) => sum + catalogue.size[file], 0);
  const uses = new LastUses(catalogue.size, asked.length);
  const distances = new Uint32Array(asked.length + 1);
  const within = new Float64Array(SHARES.length);
  for (let row = 0; row < table.requests; row++) {
    const distance = uses.use(table.file[row]);
    if (distance === null) continue;
    distances[distance.files]++;
    for (let at = SHARES.length - 1; distance.bytes <= SHARES[at] * bytes; at--) within[at]++;
  }
  const demand = {
    counts: Float64Array.from(asked, (file) => requests[file]),
    sizes: Float64Array.from(asked, (file) => catalogue.size[file]),
  };
  return {
    first: asked.length,
    distance: spreadOfCounts([...distances.entries()].filter(([, times]) => times > 0)),
    bytes,
    caches: SHARES.map((share, at) => ({
      share,
      hits: table.requests === 0 ? 0 : within[at] / table.requests,
      shuffled: shuffledHits(demand, share * bytes),
    })),
  };
}

/**
 * The share of the requests, in any order, that a cache of such a size answers.
 *
 * Source: H. Che, Y. Tung, Z. Wang, "Hierarchical web caching systems: modeling, design and
 * experimental results", IEEE JSAC 20(7), 2002: a file stays for the same time after each request,
 * in which as many bytes are asked for as the cache holds. Of a file's requests all but the first can
 * be answered.
 */
function shuffledHits(
  { counts, sizes }: { readonly counts: Float64Array; readonly sizes: Float64Array },
  size: number,
): number {
  const bytesIn = (time: number) => {
    let bytes = 0;
    for (let file = 0; file < counts.length; file++) {
      bytes -= sizes[file] * Math.expm1(-counts[file] * time);
    }
    return bytes;
  };
  let [low, high] = [-40, 10];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (bytesIn(Math.exp(middle)) < size) low = middle;
    else high = middle;
  }
  let hits = 0;
  let requests = 0;
  for (const count of counts) {
    hits -= (count - 1) * Math.expm1(-count * Math.exp(high));
    requests += count;
  }
  return requests === 0 ? 0 : hits / requests;
}
