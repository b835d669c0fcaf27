import type { Direction, Interval } from "./report-data.ts";

/** What a difference to the baseline says. */
export type Comparison =
  /** Every pair of runs gave the same value. */
  | "equal"
  /** There is but one pair of runs, which says nothing of chance. */
  | "untested"
  /** Chance may explain the difference: the interval holds zero. */
  | "unclear"
  | "better"
  | "worse"
  /** Chance does not explain it, of a metric in which neither direction is better. */
  | "different";

/** What a difference says by its interval, which has the level at which it was decided among all. */
export function compare({ mean, low, high }: Interval, better: Direction): Comparison {
  if (mean === 0 && low === 0 && high === 0) return "equal";
  if (!Number.isFinite(high - low)) return "untested";
  if (low <= 0 && high >= 0) return "unclear";
  if (better === "none") return "different";
  return (better === "lower") === mean < 0 ? "better" : "worse";
}
