import { test } from "uvu";
import * as assert from "uvu/assert";
import { welchDifference } from "./welch.ts";

const NOTHING = { mean: Number.NaN, low: Number.NaN, high: Number.NaN };

test("means 5 and 2 with variances 4 and 1 of four each: 3 with 4.41 degrees of freedom", () => {
  // By hand: 4/4 + 1/4 = 1.25; 1.25² / (1²/3 + 0.25²/3) = 4.412; t(0.975, 4.412) = 2.681.
  const values = [3, 5, 5, 7].map((value) => 5 + (value - 5) * Math.sqrt(1.5));
  const baseline = [1, 2, 2, 3].map((value) => 2 + (value - 2) * Math.sqrt(1.5));
  const { mean, low, high } = welchDifference(values, baseline) ?? NOTHING;
  assert.ok(Math.abs(mean - 3) < 1e-12);
  assert.ok(Math.abs((high - low) / 2 - 2.6788 * Math.sqrt(1.25)) < 0.01, `${(high - low) / 2}`);
});

test("without spread the difference is exact, and a single observation bounds nothing", () => {
  assert.equal(welchDifference([3, 3], [1, 1]), { mean: 2, low: 2, high: 2 });
  const single = welchDifference([3], [1, 1]);
  assert.equal(single, { mean: 2, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  assert.is(welchDifference([], [1, 1]), null);
});

test.run();
