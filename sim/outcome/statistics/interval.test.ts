import { test } from "uvu";
import * as assert from "uvu/assert";
import { excludesZero, meanInterval, pairedDifference, pairedDifferences } from "./interval.ts";

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-6, `${actual} is not ${expected}`);

test("the interval is the mean plus and minus t times the standard error", () => {
  // 1..10: mean 5.5, deviation √(82.5/9) = 3.0276504, error 0.9574271, t(0.975, 9) = 2.2621572.
  const interval = meanInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  near(interval?.mean, 5.5);
  near(interval?.low, 5.5 - 2.2621571628 * 0.9574271078);
  near(interval?.high, 5.5 + 2.2621571628 * 0.9574271078);
});

test("no observation has no mean, and one has no spread", () => {
  assert.is(meanInterval([]), null);
  assert.equal(meanInterval([3]), { mean: 3, low: -1 / 0, high: 1 / 0 });
});

test("a constant shift is found exactly by pairs, however noisy the runs are", () => {
  const noisy = [10, 1000, 3, 77];
  const shifted = noisy.map((value) => value - 2);
  assert.equal(pairedDifference(shifted, noisy), { mean: -2, low: -2, high: -2 });
});

test("pairs of which one is undefined are left out", () => {
  assert.equal(pairedDifference([1, null, 5], [0, 3, 4]), { mean: 1, low: 1, high: 1 });
  assert.is(pairedDifference([null], [1]), null);
});

test("pairs of equal values differ by exactly nothing", () => {
  const noisy = [1e6 + 2e-6, 2e6, 0.5];
  assert.equal(pairedDifferences(noisy, [1e6, 2e6 + 1e-4, 0], "bytes"), [0, 0, 0]);
  assert.equal(pairedDifferences(noisy, [1e6, 2e6, 0]), [0, 0, 0.5]);
});

test("an interval excludes zero when it lies on one side of it", () => {
  assert.ok(excludesZero({ mean: 1, low: 0.1, high: 2 }));
  assert.ok(excludesZero({ mean: -1, low: -2, high: -0.1 }));
  assert.not(excludesZero({ mean: 0.5, low: -0.1, high: 1 }));
  assert.not(excludesZero({ mean: 0, low: 0, high: 0 }));
});

test.run();
