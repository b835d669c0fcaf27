import { mean, variance } from "d3-array";
import jstat from "jstat";
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
 * unbounded.
 *
 * Source: Welch, The generalization of Student's problem when several different population variances
 * are involved, Biometrika 34, 1947; degrees of freedom after Satterthwaite, 1946.
 */
export function welchTest(
  values: readonly number[],
  baseline: readonly number[],
  level = 0.95,
): WelchTest | null {
  const [a, b] = [mean(values), mean(baseline)];
  if (a === undefined || b === undefined) return null;
  const difference = a - b;
  const [varianceA, varianceB] = [variance(values), variance(baseline)];
  if (varianceA === undefined || varianceB === undefined) {
    const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    return { difference: { mean: difference, ...unbounded }, p: 1 };
  }
  const [partA, partB] = [varianceA / values.length, varianceB / baseline.length];
  const squared = partA + partB;
  if (squared === 0) {
    const exact = { mean: difference, low: difference, high: difference };
    return { difference: exact, p: difference === 0 ? 1 : 0 };
  }
  const freedom =
    squared ** 2 / (partA ** 2 / (values.length - 1) + partB ** 2 / (baseline.length - 1));
  const half = jstat.studentt.inv((1 + level) / 2, freedom) * Math.sqrt(squared);
  return {
    difference: { mean: difference, low: difference - half, high: difference + half },
    // P(|T| > t): Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.1.
    p: jstat.ibeta(freedom / (freedom + difference ** 2 / squared), freedom / 2, 0.5),
  };
}
