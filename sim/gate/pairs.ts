import { deviation, mean } from "d3-array";
import jstat from "jstat";
import { type Interval, meanInterval } from "../outcome/statistics/interval.ts";

/**
 * Of paired differences: how likely chance alone makes their mean so high or so low, each on its own
 * (one-sided Student t), and their mean with its interval at any level.
 *
 * Differences that are all the same leave nothing to chance: every interval is that number and the
 * probability 0. One difference that is not zero tells nothing of chance: intervals are unbounded.
 */
export interface PairedTest {
  readonly pAbove: number;
  readonly pBelow: number;
  readonly intervalAt: (level: number) => Interval;
}

/** Null without differences. */
export function pairedTest(differences: readonly number[]): PairedTest | null {
  const centre = mean(differences);
  if (centre === undefined) return null;
  const at = (level: number) => meanInterval(differences, level) as Interval;
  const exactly = (value: number) => () => ({ mean: value, low: value, high: value });
  if (differences.every((each) => each === 0)) {
    return { intervalAt: exactly(0), pAbove: 1, pBelow: 1 };
  }
  if (differences.length === 1) return { intervalAt: at, pAbove: 1, pBelow: 1 };
  const error = (deviation(differences) ?? 0) / Math.sqrt(differences.length);
  if (error === 0) {
    return {
      intervalAt: exactly(centre),
      pAbove: centre > 0 ? 0 : 1,
      pBelow: centre < 0 ? 0 : 1,
    };
  }
  const below = (t: number) => jstat.studentt.cdf(t, differences.length - 1);
  const t = centre / error;
  return { intervalAt: at, pAbove: below(-t), pBelow: below(t) };
}
