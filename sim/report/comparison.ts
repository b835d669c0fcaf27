import type { Direction, Interval } from "./report-data.ts";

/** What a paired difference to the baseline says. */
export type Comparison =
  /** Every pair of runs gave the same value. */
  | "equal"
  /** Chance may explain the difference: the interval holds zero, or the p-value is too high. */
  | "unclear"
  | "better"
  | "worse"
  /** Chance does not explain it, of a metric in which neither direction is better. */
  | "different";

/** What is called a difference by chance in at most so many experiments. */
const FALSE_ALARMS = 0.05;

/** `pHolm` is the difference's p-value, adjusted for all comparisons made; its interval decides without. */
export function compare(
  { mean, low, high }: Interval,
  better: Direction,
  pHolm: number | null = null,
): Comparison {
  if (mean === 0 && low === 0 && high === 0) return "equal";
  const isSure = pHolm === null ? low > 0 || high < 0 : pHolm < FALSE_ALARMS;
  if (!isSure) return "unclear";
  if (better === "none") return "different";
  return (better === "lower") === mean < 0 ? "better" : "worse";
}
