/** The quantiles that a profile tells, as shares from 0 to 1. */
const TOLD = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999] as const;

/** A distribution of numbers, told by its quantiles. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  /** Values at the shares `TOLD`, by names such as `p50`, `p99.9`. */
  readonly quantiles: Readonly<Record<string, number>>;
  readonly max: number;
}

/** The spread of numbers in any order; null if there are none. */
export function spreadOf(values: ArrayLike<number>): Spread | null {
  const sorted = Float64Array.from(values).sort();
  return spreadBy(sorted.length, sum(sorted), (place) => sorted[place]);
}

/** The spread of distinct values in order, each with how often it occurs; null if none does. */
export function spreadOfCounts(
  counts: readonly (readonly [value: number, times: number])[],
): Spread | null {
  const upTo = new Float64Array(counts.length);
  let count = 0;
  let total = 0;
  for (const [at, [value, times]] of counts.entries()) {
    count += times;
    total += value * times;
    upTo[at] = count;
  }
  return spreadBy(count, total, (place) => counts[upTo.findIndex((end) => end > place)][0]);
}

/** @param at The value that so many others of the sorted ones stand before. */
function spreadBy(count: number, total: number, at: (place: number) => number): Spread | null {
  if (count === 0) return null;
  return {
    count,
    mean: total / count,
    min: at(0),
    quantiles: Object.fromEntries(TOLD.map((share) => [nameOf(share), quantile(count, share, at)])),
    max: at(count - 1),
  };
}

/**
 * The value below which a share of `count` sorted numbers lies, straight between two of them.
 *
 * Source: R. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American
 * Statistician 50(4), 1996: type 7, the usual one.
 */
function quantile(count: number, share: number, at: (place: number) => number): number {
  const position = share * (count - 1);
  const below = Math.floor(position);
  const low = at(below);
  return below === position ? low : low + (position - below) * (at(below + 1) - low);
}

function nameOf(share: number): string {
  return `p${Number((100 * share).toFixed(1))}`;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
