import { test } from "uvu";
import * as assert from "uvu/assert";
import { meanIsZero } from "./t-test.ts";
import { normal, sample, shareOf } from "./testing.ts";

const near = (actual: number | null, expected: number, by = 1e-6) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < by, `${actual} is not ${expected}`);

test("the p-value is twice the tail of Student's t", () => {
  // One difference to the mean of two: t = mean / (deviation / √2) = 2 / (√2 · √8 / 2) with one
  // degree of freedom, a Cauchy distribution: 1 - 2 atan(t) / π.
  near(meanIsZero([0, 4]), 1 - (2 * Math.atan(1)) / Math.PI);
  // t(0.975, 9) = 2.2621572: ten values of deviation 1 around that over √10.
  const shape = [-1, 1, -1, 1, -1, 1, -1, 1, -1, 1].map((x) => x * Math.sqrt(0.9));
  near(meanIsZero(shape.map((x) => x + 2.2621571628 / Math.sqrt(10))), 0.05);
});

test("Student's sleep data: p = 0.002833", () => {
  // The ten patients of Student, The probable error of a mean, Biometrika 6, 1908; p as R's t.test
  // tells it for the paired differences.
  near(meanIsZero([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]), 0.002833, 1e-6);
});

test("no difference in any pair is none, and the same in every pair leaves nothing to chance", () => {
  assert.is(meanIsZero([]), null);
  assert.is(meanIsZero([3]), 1);
  assert.is(meanIsZero([0, 0, 0]), 1);
  assert.is(meanIsZero([-2, -2, -2]), 0);
});

test("of nothing, p is below 0.05 in one of twenty experiments", () => {
  const draw = normal("t test of nothing");
  const declared = shareOf(4000, () => (meanIsZero(sample(5, draw)) ?? 1) < 0.05);
  assert.ok(0.043 < declared && declared <= 0.055, String(declared));
});

test.run();
