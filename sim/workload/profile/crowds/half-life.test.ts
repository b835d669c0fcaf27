import { test } from "uvu";
import * as assert from "uvu/assert";
import { halfLifeOf } from "./half-life.ts";

test("without an end the mean age is the half-life over the logarithm of 2", () => {
  assert.ok(Math.abs((halfLifeOf(1, 1000) ?? 0) - Math.LN2) < 1e-9);
});

test("a decay that halves an hour and is seen for an hour is found again", () => {
  // The mean of x * 2^-x on [0, 1], over that of 2^-x: 1/ln 2 - 1, by parts.
  const meanAge = 1 / Math.LN2 - 1;
  assert.ok(Math.abs((halfLifeOf(meanAge * 3600, 3600) ?? 0) - 3600) < 1e-3);
});

test("what stays level or grows has no half-life", () => {
  assert.is(halfLifeOf(0.5, 1), null);
  assert.is(halfLifeOf(0.7, 1), null);
  assert.is(halfLifeOf(0, 1), null);
});

test.run();
