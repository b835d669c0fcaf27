import { mean, variance } from "d3-array";
import jstat from "jstat";
import type { Interval } from "./interval.ts";

/**
 * The difference of the means of two independent samples with its interval, in their unit; null
 * where either is empty. Where either has one observation its spread is not known, and the interval
 * is unbounded.
 *
 * Source: Welch, The generalization of Student's problem when several different population variances
 * are involved, Biometrika 34, 1947; degrees of freedom after Satterthwaite, 1946.
 */
export function welchDifference(
  values: readonly number[],
  baseline: readonly number[],
  level = 0.95,
): Interval | null {
  const [a, b] = [mean(values), mean(baseline)];
  if (a === undefined || b === undefined) return null;
  const difference = a - b;
  const [varianceA, varianceB] = [variance(values), variance(baseline)];
  if (varianceA === undefined || varianceB === undefined) {
    return { mean: difference, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const [partA, partB] = [varianceA / values.length, varianceB / baseline.length];
  const squared = partA + partB;
  if (squared === 0) return { mean: difference, low: difference, high: difference };
  const freedom =
    squared ** 2 / (partA ** 2 / (values.length - 1) + partB ** 2 / (baseline.length - 1));
  const half = jstat.studentt.inv((1 + level) / 2, freedom) * Math.sqrt(squared);
  return { mean: difference, low: difference - half, high: difference + half };
}
