import { quantileSorted } from "d3-array";
import jstat from "jstat";
import type { Stream } from "../../engine/random.ts";
import type { Interval } from "./interval.ts";

/** Which observations each resample consists of: as many as there are, with replacement. */
export interface Resamples {
  readonly observations: number;
  /** Numbers of observations, resample after resample. */
  readonly indices: Uint32Array;
}

/** A number that observations are summed up by. It may not keep what it is given. */
export type Statistic = (values: ArrayLike<number>) => number;

/**
 * Draws the resamples once, to be used for every column of as many observations. The least for a
 * 95 % interval is about 1,000 (Efron and Tibshirani, An Introduction to the Bootstrap, section 14.5).
 */
export function resamplesOf(observations: number, resamples: number, random: Stream): Resamples {
  const indices = Uint32Array.from({ length: observations * resamples }, () =>
    Math.floor(random() * observations),
  );
  return { observations, indices };
}

export const average: Statistic = (values) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
};

/**
 * The percentile interval: between the quantiles of the statistic over the resamples. Null without
 * observations, unbounded with one.
 *
 * Too narrow with few observations, since resamples spread less than samples by √(1 - 1/n) and the
 * normal's tails are thinner than t's. Source: Efron and Tibshirani, section 13.3.
 */
export function percentileInterval(
  values: readonly number[],
  statistic: Statistic,
  resamples: Resamples,
  level = 0.95,
): Interval | null {
  return resampled(values, statistic, resamples, () => [(1 - level) / 2, (1 + level) / 2]);
}

/**
 * The bias-corrected and accelerated interval, which follows skewness. Null without observations,
 * unbounded with one. As narrow as the percentile interval with few.
 *
 * Source: Efron, Better bootstrap confidence intervals, JASA 82, 1987; Efron and Tibshirani,
 * section 14.3.
 */
export function bcaInterval(
  values: readonly number[],
  statistic: Statistic,
  resamples: Resamples,
  level = 0.95,
): Interval | null {
  return resampled(values, statistic, resamples, (estimate, sorted) => {
    const bias = normalQuantile(shareBelow(sorted, estimate));
    const skew = acceleration(values, statistic);
    const corrected = (share: number) => {
      const z = bias + normalQuantile(share);
      return jstat.normal.cdf(bias + z / (1 - skew * z), 0, 1);
    };
    return [corrected((1 - level) / 2), corrected((1 + level) / 2)];
  });
}

/**
 * The level to ask for so that an interval of few observations holds the mean with the probability
 * `level`: that at which the normal's quantiles are as far out as Student's, and by √(n / (n - 1))
 * further. From ten observations on that is enough; with five it still misses 9 of 100 means of
 * normal observations, where Student's misses the 5 it should.
 *
 * Source: Hesterberg, What teachers should know about the bootstrap, The American Statistician 69,
 * 2015, on the expanded percentile interval.
 */
export function expandedLevel(observations: number, level = 0.95): number {
  if (observations < 2) return level;
  const t = jstat.studentt.inv((1 + level) / 2, observations - 1);
  const wider = Math.sqrt(observations / (observations - 1));
  return 2 * jstat.normal.cdf(t * wider, 0, 1) - 1;
}

function resampled(
  values: readonly number[],
  statistic: Statistic,
  resamples: Resamples,
  shares: (estimate: number, sorted: readonly number[]) => readonly [number, number],
): Interval | null {
  if (values.length === 0) return null;
  const mean = statistic(values);
  if (values.length === 1) {
    return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const sorted = Array.from(replicates(values, statistic, resamples).sort());
  if (sorted[0] === sorted[sorted.length - 1]) return { mean, low: mean, high: mean };
  const [low, high] = shares(mean, sorted).map((share) => quantileSorted(sorted, share) ?? mean);
  return { mean, low, high };
}

/** The statistic of each resample. */
function replicates(
  values: readonly number[],
  statistic: Statistic,
  { observations, indices }: Resamples,
): Float64Array {
  if (values.length !== observations) {
    throw new Error(`expected ${observations} observations; got ${values.length}`);
  }
  const sample = new Float64Array(observations);
  return Float64Array.from({ length: indices.length / observations }, (_, resample) => {
    for (let i = 0; i < observations; i++) {
      sample[i] = values[indices[resample * observations + i]];
    }
    return statistic(sample);
  });
}

/** The share of the replicates below the estimate, half of those equal to it, never 0 or 1. */
function shareBelow(sorted: readonly number[], estimate: number): number {
  let below = 0;
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  return Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length;
}

/** A sixth of the skewness of the statistic when one observation after another is left out. */
function acceleration(values: readonly number[], statistic: Statistic): number {
  const without = values.map((_, at) => statistic(values.toSpliced(at, 1)));
  const centre = average(without);
  let squares = 0;
  let cubes = 0;
  for (const value of without) {
    const step = centre - value;
    squares += step * step;
    cubes += step * step * step;
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
}

function normalQuantile(share: number): number {
  return jstat.normal.inv(share, 0, 1);
}
