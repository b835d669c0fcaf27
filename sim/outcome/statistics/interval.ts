import { deviation, mean } from "d3-array";
import jstat from "jstat";
import { differenceOf } from "../../metrics/equality.ts";

/** An estimate with its confidence interval, in the unit of what was estimated. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of independent observations with its Student-t interval; null without observations.
 *
 * With a single observation nothing is known of the spread, and the interval is unbounded.
 * Source: Law, Simulation Modeling and Analysis, 5th ed., section 4.5.
 */
export function meanInterval(values: readonly number[], level = 0.95): Interval | null {
  const centre = mean(values);
  if (centre === undefined) return null;
  if (values.length === 1) {
    return { mean: centre, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const error = (deviation(values) ?? 0) / Math.sqrt(values.length);
  const t = studentQuantile((1 + level) / 2, values.length - 1);
  return { mean: centre, low: centre - t * error, high: centre + t * error };
}

/** Quantiles that were asked for before: experiments ask for few, again and again. */
const quantiles = new Map<string, number>();

function studentQuantile(probability: number, freedom: number): number {
  const key = `${probability} ${freedom}`;
  const t = quantiles.get(key) ?? jstat.studentt.inv(probability, freedom);
  quantiles.set(key, t);
  return t;
}

/**
 * The mean of `values[i] - baseline[i]` with its interval, for runs with common random numbers:
 * what both runs of a pair owe to chance cancels out. Pairs with a null are left out.
 */
export function pairedDifference(
  values: readonly (number | null)[],
  baseline: readonly (number | null)[],
  level = 0.95,
): Interval | null {
  return meanInterval(pairedDifferences(values, baseline), level);
}

/** `values[i] - baseline[i]` of every pair in which neither is null; 0 where they are equal in `unit`. */
export function pairedDifferences(
  values: readonly (number | null)[],
  baseline: readonly (number | null)[],
  unit = "",
): number[] {
  const differences: number[] = [];
  for (const [i, value] of values.entries()) {
    const other = baseline[i];
    if (value === null || other === null || other === undefined) continue;
    differences.push(differenceOf(value, other, unit));
  }
  return differences;
}

/** Whether an interval of differences excludes zero. A difference of exactly zero does not count. */
export function excludesZero({ low, high }: Interval): boolean {
  return low > 0 || high < 0;
}
