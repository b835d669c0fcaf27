import { quantileSorted } from "d3-array";
import jstat from "jstat";

/** An estimate of a quantile between two of the observations, in their unit. */
export interface QuantileInterval {
  readonly quantile: number;
  /** Unbounded where there are too few observations to bound it. */
  readonly low: number;
  readonly high: number;
  /** The probability with which such an interval holds the quantile: the level or more. */
  readonly coverage: number;
}

/**
 * The interval of the `share` quantile of independent observations, whatever they are distributed
 * like: the r-th to the s-th smallest, with ranks from the binomial distribution. Null without
 * observations.
 *
 * For replications, not for the requests of one run, which wait for each other: what quantile a run
 * has is one observation, and its mean over the replications has a `meanInterval`.
 *
 * Source: David and Nagaraja, Order Statistics, 3rd ed., section 7.1.
 */
export function quantileInterval(
  values: readonly number[],
  share: number,
  level = 0.95,
): QuantileInterval | null {
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = quantileSorted(sorted, share);
  if (quantile === undefined) return null;
  const n = sorted.length;
  const tail = (1 - level) / 2;
  // The quantile is below the r-th smallest when fewer than r observations are below it.
  let r = Math.min(Math.ceil(n * share), n);
  while (r > 0 && atMost(r - 1, n, share) > tail) r--;
  let s = Math.max(Math.floor(n * share), 1);
  while (s <= n && 1 - atMost(s - 1, n, share) > tail) s++;
  return {
    quantile,
    low: r === 0 ? Number.NEGATIVE_INFINITY : sorted[r - 1],
    high: s > n ? Number.POSITIVE_INFINITY : sorted[s - 1],
    coverage: atMost(s - 1, n, share) - atMost(r - 1, n, share),
  };
}

/** The probability that at most `k` of `n` observations are below the `share` quantile. */
function atMost(k: number, n: number, share: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return 1 - jstat.ibeta(share, k + 1, n - k);
}
