import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import {
  average,
  bcaInterval,
  expandedLevel,
  percentileInterval,
  type Resamples,
  resamplesOf,
  type Statistic,
} from "./bootstrap.ts";
import { type Interval, meanInterval } from "./interval.ts";
import { normal, sample, shareOf, skewed } from "./testing.ts";

const within = (value: number | undefined, low: number, high: number) =>
  assert.ok(value !== undefined && low <= value && value <= high, `${value} in [${low}, ${high}]`);

const plans = new Map<number, Resamples>();

function plan(size: number): Resamples {
  const known = plans.get(size);
  const made = known ?? resamplesOf(size, 2000, streams("statistics")(`resamples of ${size}`));
  plans.set(size, made);
  return made;
}

/** The spatial test of 26 children: Efron and Tibshirani, table 14.1, A. */
const SPATIAL = [
  48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30,
  41,
];

/** The variance over n, which is biased: what their example estimates. */
const variance: Statistic = (values) => {
  const centre = average(values);
  return average(Array.from(values, (value) => (value - centre) ** 2));
};

test("the 90 % intervals of Efron and Tibshirani's spatial test data", () => {
  const resamples = plan(SPATIAL.length);
  // Their table 14.2, from 2,000 resamples: (100.8, 233.9) and (115.8, 259.6) around 171.5.
  const percentile = percentileInterval(SPATIAL, variance, resamples, 0.9);
  within(percentile?.mean, 171.5, 171.6);
  within(percentile?.low, 98, 104);
  within(percentile?.high, 229, 239);
  const bca = bcaInterval(SPATIAL, variance, resamples, 0.9);
  within(bca?.low, 112, 119);
  within(bca?.high, 253, 267);
});

test("of every possible resample of 0, 1: the mean is 0, 1/2, 1/2 or 1", () => {
  const all: Resamples = { observations: 2, indices: Uint32Array.of(0, 0, 0, 1, 1, 0, 1, 1) };
  // Quantiles 1/4 and 3/4 of 0, 1/2, 1/2, 1: 3/8 and 5/8. Nothing is biased or skewed.
  const expected = { mean: 0.5, low: 0.375, high: 0.625 };
  assert.equal(percentileInterval([0, 1], average, all, 0.5), expected);
  const bca = bcaInterval([0, 1], average, all, 0.5);
  within(bca?.low, 0.375 - 1e-9, 0.375 + 1e-9);
  within(bca?.high, 0.625 - 1e-9, 0.625 + 1e-9);
});

test("nothing, one observation, and observations that are all alike", () => {
  assert.is(bcaInterval([], average, plan(1)), null);
  assert.equal(bcaInterval([3], average, plan(1)), { mean: 3, low: -1 / 0, high: 1 / 0 });
  assert.equal(bcaInterval([3, 3, 3], average, plan(3)), { mean: 3, low: 3, high: 3 });
});

test("the same stream gives the same resamples", () => {
  const drawn = () => resamplesOf(20, 10, streams(1)("resamples"));
  assert.equal(drawn(), drawn());
  assert.ok(drawn().indices.every((at) => at < 20));
});

const holds = (interval: Interval | null, value: number) =>
  interval !== null && interval.low <= value && value <= interval.high;

/** The share of experiments of `size` runs that hold the mean. */
const coverage = (
  ...[of, size, draw, mean, experiments = 1000]: [IntervalOf, number, () => number, number, number?]
) => shareOf(experiments, () => holds(of(sample(size, draw)), mean));

type IntervalOf = (values: readonly number[]) => Interval | null;

const expanded =
  (interval: typeof bcaInterval): IntervalOf =>
  (values) =>
    interval(values, average, plan(values.length), expandedLevel(values.length));

test("of 1,000 experiments of 20 runs the intervals hold the mean in 93.5 to 96.5 %", () => {
  within(coverage(expanded(percentileInterval), 20, normal("percentile"), 0), 0.935, 0.965);
  within(coverage(expanded(bcaInterval), 20, normal("bias-corrected"), 0), 0.935, 0.965);
});

test("of skewed runs they hold it less often, but more often than Student's", () => {
  // Of 20 runs of an exponential distribution: about 93.5 and 91.5 %.
  const bca = coverage(expanded(bcaInterval), 20, skewed("of 20"), 1, 2000);
  const student = coverage(meanInterval, 20, skewed("of 20"), 1, 2000);
  within(bca, 0.92, 0.95);
  within(student, 0.9, 0.935);
  assert.ok(bca > student);
});

test("of five runs they hold the mean too seldom: why they are not used there", () => {
  within(coverage(expanded(bcaInterval), 5, normal("five runs"), 0), 0.88, 0.93);
  assert.is(expandedLevel(1), 0.95);
});

test.run();
