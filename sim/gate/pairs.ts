import { deviation, mean } from "d3-array";
import jstat from "jstat";
import { type Interval, meanInterval } from "../outcome/statistics/interval.ts";

/**
 * Of paired differences: their mean with its 90 % interval, and how likely chance alone makes the mean
 * so high or so low, each on its own (one-sided Student t).
 *
 * Differences that are all the same leave nothing to chance: the interval is that number and the
 * probability 0. One difference that is not zero tells nothing of chance: the interval is unbounded.
 */
export interface PairedTest {
  readonly difference: Interval;
  readonly pAbove: number;
  readonly pBelow: number;
}

/** The 90 % interval lies within a margin when both one-sided tests at 5 % say so (Schuirmann 1987). */
const LEVEL = 0.9;

/** Null without differences. */
export function pairedTest(differences: readonly number[]): PairedTest | null {
  const difference = meanInterval(differences, LEVEL);
  const centre = mean(differences);
  if (difference === null || centre === undefined) return null;
  if (differences.every((each) => each === 0)) {
    return { difference: { mean: 0, low: 0, high: 0 }, pAbove: 1, pBelow: 1 };
  }
  if (differences.length === 1) return { difference, pAbove: 1, pBelow: 1 };
  const error = (deviation(differences) ?? 0) / Math.sqrt(differences.length);
  if (error === 0) {
    const exact = { mean: centre, low: centre, high: centre };
    return { difference: exact, pAbove: centre > 0 ? 0 : 1, pBelow: centre < 0 ? 0 : 1 };
  }
  const below = (t: number) => jstat.studentt.cdf(t, differences.length - 1);
  const t = centre / error;
  return { difference, pAbove: below(-t), pBelow: below(t) };
}
