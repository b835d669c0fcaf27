import { test } from "uvu";
import * as assert from "uvu/assert";
import { isAsGood } from "./as-good.ts";

test("as good is within 2 % of the best, on either side of it", () => {
  assert.ok(isAsGood(102, 100, "s"));
  assert.ok(isAsGood(98, 100, "s"));
  assert.not.ok(isAsGood(102.1, 100, "s"));
  assert.not.ok(isAsGood(97.9, 100, "s"));
  assert.ok(isAsGood(0, 0, "bytes"));
  assert.not.ok(isAsGood(0.001, 0, "bytes"));
});

test("of a metric from 0 to 1 the distance itself counts, and rounding does not decide", () => {
  assert.ok(isAsGood(0.89, 0.9, "ratio")); // 0.9 - 0.89 is 0.010000000000000009.
  assert.not.ok(isAsGood(0.889, 0.9, "ratio"));
  assert.ok(isAsGood(0.01, 0, "ratio"));
  assert.not.ok(isAsGood(0.011, 0, "ratio"));
});

test.run();
