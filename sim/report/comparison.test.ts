import { test } from "uvu";
import * as assert from "uvu/assert";
import { compare } from "./comparison.ts";

const above = { mean: 2, low: 1, high: 3 };
const below = { mean: -2, low: -3, high: -1 };

test("an interval beside zero is better or worse as the metric says", () => {
  assert.is(compare(below, "lower"), "better");
  assert.is(compare(above, "lower"), "worse");
  assert.is(compare(above, "higher"), "better");
  assert.is(compare(below, "higher"), "worse");
  assert.is(compare(above, "none"), "different");
});

test("an interval that holds or touches zero decides nothing", () => {
  assert.is(compare({ mean: 1, low: -1, high: 3 }, "lower"), "unclear");
  assert.is(compare({ mean: 1, low: 0, high: 2 }, "lower"), "unclear");
  assert.is(compare({ mean: -1, low: -2, high: 0 }, "lower"), "unclear");
});

test("a single run is not tested, whatever it shows", () => {
  const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  assert.is(compare({ mean: 1, ...unbounded }, "lower"), "untested");
  assert.is(compare({ mean: 0, ...unbounded }, "lower"), "untested");
});

test("no difference in any pair is equality, not doubt", () => {
  assert.is(compare({ mean: 0, low: 0, high: 0 }, "higher"), "equal");
});

test.run();
