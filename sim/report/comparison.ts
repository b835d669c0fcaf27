import type { Direction, Interval } from "./report-data.ts";

/** What a paired difference to the baseline says. */
export type Comparison =
  /** Every pair of runs gave the same value. */
  | "equal"
  /** The interval holds zero: chance may explain the difference. */
  | "unclear"
  | "better"
  | "worse"
  /** The interval excludes zero, of a metric in which neither direction is better. */
  | "different";

export function compare({ mean, low, high }: Interval, better: Direction): Comparison {
  if (mean === 0 && low === 0 && high === 0) return "equal";
  if (!(low > 0 || high < 0)) return "unclear";
  if (better === "none") return "different";
  return (better === "lower") === mean < 0 ? "better" : "worse";
}
