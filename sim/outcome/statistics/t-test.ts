import { deviation, mean } from "d3-array";
import jstat from "jstat";
import type { DifferenceTest } from "./holm-intervals.ts";
import { type Interval, meanInterval } from "./interval.ts";

/**
 * The two-sided p-value of Student's t test that the mean of independent differences is zero.
 *
 * Null without differences. Differences that are all zero are no difference, and a single one tells
 * nothing of chance: 1. Differences that are all alike and not zero leave nothing to chance: 0.
 */
export function meanIsZero(differences: readonly number[]): number | null {
  const centre = mean(differences);
  if (centre === undefined) return null;
  const freedom = differences.length - 1;
  if (freedom === 0 || centre === 0) return 1;
  const spread = deviation(differences) ?? 0;
  if (spread === 0) return 0;
  const standardised = centre / spread;
  const squared = standardised * standardised * differences.length;
  // P(|T| > t): Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1.
  return jstat.ibeta(freedom / (freedom + squared), freedom / 2, 0.5);
}

/** The same test with the intervals that go with it; null with fewer than two differences. */
export function differenceTest(differences: readonly number[]): DifferenceTest | null {
  const p = differences.length < 2 ? null : meanIsZero(differences);
  if (p === null) return null;
  return { p, intervalAt: (level) => meanInterval(differences, level) as Interval };
}
