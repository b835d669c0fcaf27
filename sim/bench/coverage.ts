import { streams } from "../engine/random.ts";
import { pointwiseBand, simultaneousBand } from "../outcome/statistics/band.ts";
import { leastMean } from "../outcome/statistics/best.ts";
import {
  average,
  bcaInterval,
  expandedLevel,
  resamplesOf,
} from "../outcome/statistics/bootstrap.ts";
import { holm } from "../outcome/statistics/correction.ts";
import { meanInterval, pairedDifference } from "../outcome/statistics/interval.ts";
import { quantileInterval } from "../outcome/statistics/quantile-interval.ts";
import { meanIsZero } from "../outcome/statistics/t-test.ts";
import { normal, sample, shareOf, skewed } from "../outcome/statistics/testing.ts";

/** The share of `experiments` in which each claim held. */
export function coverage(experiments: number): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(claims()).map(([claim, trial]) => [claim, shareOf(experiments, trial)]),
  );
}

/** One experiment: whether what is said to hold in 95 % of them held in this one. */
type Trial = () => boolean;

/** What is claimed, with an experiment whose truth is known: normal runs of mean 0, skewed of mean 1. */
function claims(): Readonly<Record<string, Trial>> {
  const draw = normal("bench");
  const skew = skewed("bench");
  return {
    "Student's interval, 5 normal runs": () => holds(meanInterval(sample(5, draw)), 0),
    "Student's interval, 5 skewed runs": () => holds(meanInterval(sample(5, skew)), 1),
    "Student's interval, 20 skewed runs": () => holds(meanInterval(sample(20, skew)), 1),
    "paired difference, 5 pairs": () => {
      const chance = sample(5, draw);
      const [after, before] = [2, 0].map((mean) => chance.map((x) => mean + 5 * x + draw()));
      return holds(pairedDifference(after, before), 2);
    },
    "bootstrap (BCa), 20 normal runs": bootstrapped(20, draw, 0),
    "bootstrap (BCa), 20 skewed runs": bootstrapped(20, skew, 1),
    "median, 17 skewed runs": () => holds(quantileInterval(sample(17, skew), 0.5), Math.LN2),
    "no difference called so, Holm, 20 policies of 5 runs": () => {
      const baseline = sample(5, draw);
      const pOf = () => meanIsZero(baseline.map((value) => draw() - value)) ?? 1;
      return holm(sample(20, pOf)).every((p) => p >= 0.05);
    },
    "best of 10 among those named, slippage of 1, 5 runs": () => {
      const chance = sample(5, draw);
      const observed = Array.from({ length: 10 }, (_, at) =>
        chance.map((x) => (at === 0 ? 0 : 1) + 3 * x + draw()),
      );
      const { among, regrets } = leastMean(observed);
      return among.includes(0) && regrets.every((most, at) => (at === 0 ? 0 : 1) <= most);
    },
    "whole curve in the band of each point, 10 curves": () => holdsCurve(pointwiseBand(curves(10))),
    "whole curve in its own band, 5 curves": () => holdsCurve(simultaneousBand(curves(5), random)),
    "whole curve in its own band, 10 curves": () =>
      holdsCurve(simultaneousBand(curves(10), random)),
    "whole curve in its own band, 20 curves": () =>
      holdsCurve(simultaneousBand(curves(20), random)),
  };
}

const random = streams("bench")("bands");

/** Curves of 60 points around zero of which neighbours move together. */
function curves(count: number): Float64Array[] {
  return Array.from({ length: count }, () => {
    let now = wander();
    return Float64Array.from({ length: 60 }, () => {
      now = 0.9 * now + Math.sqrt(0.19) * wander();
      return now;
    });
  });
}

const wander = normal("bench, curves");

function bootstrapped(runs: number, draw: () => number, mean: number): Trial {
  const resamples = resamplesOf(runs, 2000, streams("bench")(`resamples of ${runs}`));
  return () =>
    holds(bcaInterval(sample(runs, draw), average, resamples, expandedLevel(runs)), mean);
}

function holds(
  interval: { readonly low: number; readonly high: number } | null,
  value: number,
): boolean {
  return interval !== null && interval.low <= value && value <= interval.high;
}

function holdsCurve({ low, high }: { low: Float64Array; high: Float64Array }): boolean {
  return low.every((value, at) => value <= 0 && 0 <= high[at]);
}
