import { test } from "uvu";
import * as assert from "uvu/assert";
import { welchTest } from "./welch.ts";

test("means 5 and 2 with variances 4 and 1 of four each: 3 with 4.41 degrees of freedom", () => {
  // By hand: 4/4 + 1/4 = 1.25; 1.25² / (1²/3 + 0.25²/3) = 4.412; t(0.975, 4.412) = 2.681.
  const values = [3, 5, 5, 7].map((value) => 5 + (value - 5) * Math.sqrt(1.5));
  const baseline = [1, 2, 2, 3].map((value) => 2 + (value - 2) * Math.sqrt(1.5));
  const found = welchTest(values, baseline);
  const { mean, low, high } = found?.difference ?? { mean: 0, low: 0, high: 0 };
  assert.ok(Math.abs(mean - 3) < 1e-12);
  assert.ok(Math.abs((high - low) / 2 - 2.6788 * Math.sqrt(1.25)) < 0.01, `${(high - low) / 2}`);
  // t = 3/1.118 = 2.683, so that the p-value is just below 5 %.
  assert.ok(found !== null && found.p > 0.049 && found.p < 0.05, `${found?.p}`);
});

test("without spread the difference is exact, and a single observation bounds nothing", () => {
  const exact = { mean: 2, low: 2, high: 2 };
  assert.equal(welchTest([3, 3], [1, 1]), { difference: exact, p: 0 });
  assert.is(welchTest([3, 3], [3, 3])?.p, 1);
  const unbounded = { mean: 2, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  assert.equal(welchTest([3], [1, 1]), { difference: unbounded, p: 1 });
  assert.is(welchTest([], [1, 1]), null);
});

test("samples of equal values do not differ, though rounding parts them", () => {
  const same = [1e6, 1e6 + 1e-6];
  const none = { difference: { mean: 0, low: 0, high: 0 }, p: 1 };
  assert.equal(welchTest(same, [1e6 + 2e-6, 1e6]), none);
  assert.equal(welchTest([0.4, 0.6], [0.1, 0.2], 0.95, "bytes"), none);
  assert.ok((welchTest([0.4, 0.6], [0.1, 0.2])?.difference.mean ?? 0) > 0.3);
});

test.run();
