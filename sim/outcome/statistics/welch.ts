import { mean, variance } from "d3-array";
import jstat from "jstat";
import { differenceOf } from "../../metrics/equality.ts";
import type { DifferenceTest } from "./holm-intervals.ts";
import type { Interval } from "./interval.ts";

/** What two samples say of the difference of their means. */
export interface WelchTest {
  readonly difference: Interval;
  /** Two-sided p-value of no difference; 1 where nothing is known of a spread. */
  readonly p: number;
}

/**
 * The difference of the means of two independent samples, with its interval in their unit; null where
 * either is empty. Where either has one observation its spread is not known, and the interval is
 * unbounded. Where all values are equal in `unit` there is no difference.
 *
 * Source: Welch, The generalization of Student's problem when several different population variances
 * are involved, Biometrika 34, 1947; degrees of freedom after Satterthwaite, 1946.
 */
export function welchTest(
  values: readonly number[],
  baseline: readonly number[],
  level = 0.95,
  unit = "",
): WelchTest | null {
  const [a, b] = [mean(values), mean(baseline)];
  if (a === undefined || b === undefined) return null;
  const difference = a - b;
  const [varianceA, varianceB] = [variance(values), variance(baseline)];
  if (varianceA === undefined || varianceB === undefined) {
    const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    return { difference: { mean: difference, ...unbounded }, p: 1 };
  }
  const areEqual = [...values, ...baseline].every((value) => differenceOf(value, b, unit) === 0);
  if (areEqual) return { difference: { mean: 0, low: 0, high: 0 }, p: 1 };
  const [partA, partB] = [varianceA / values.length, varianceB / baseline.length];
  const squared = partA + partB;
  if (squared === 0) {
    return { difference: { mean: difference, low: difference, high: difference }, p: 0 };
  }
  const [shareA, shareB] = [partA / squared, partB / squared]; // Their squares do not vanish.
  const freedom = 1 / (shareA ** 2 / (values.length - 1) + shareB ** 2 / (baseline.length - 1));
  const half = jstat.studentt.inv((1 + level) / 2, freedom) * Math.sqrt(squared);
  return {
    difference: { mean: difference, low: difference - half, high: difference + half },
    // P(|T| > t): Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1.
    p: jstat.ibeta(freedom / (freedom + difference ** 2 / squared), freedom / 2, 0.5),
  };
}

/** The same with the intervals at any level; null where either sample has fewer than two observations. */
export function welchDifferenceTest(
  values: readonly number[],
  baseline: readonly number[],
  unit = "",
): DifferenceTest | null {
  if (values.length < 2 || baseline.length < 2) return null;
  const at = (level: number) => welchTest(values, baseline, level, unit) as WelchTest;
  return { p: at(0.95).p, intervalAt: (level) => at(level).difference };
}
