import { test } from "uvu";
import * as assert from "uvu/assert";
import { arrow, thickness } from "./arrow.ts";

test("links are as thick as the logarithm of their rates, from 1.5 to 9 pixels", () => {
  const thick = thickness([1e3, 1e5, 1e4, Number.POSITIVE_INFINITY]);
  assert.equal([1e3, 1e4, 1e5].map(thick), [1.5, 5.25, 9]);
  assert.is(thick(Number.POSITIVE_INFINITY), 9);
});

test("where all have one rate it is drawn between the two", () => {
  assert.is(thickness([5])(5), 5.25);
  assert.is(thickness([])(Number.POSITIVE_INFINITY), 9);
});

test("an arrow points where it leads", () => {
  // Half as thick is 1; the head is 4 wider on each side, and 3 longer than that.
  assert.is(arrow(0, 50, 10, 2), "M0,9L42,9L42,5L50,10L42,15L42,11L0,11Z");
  assert.is(arrow(50, 0, 10, 2), "M50,9L8,9L8,5L0,10L8,15L8,11L50,11Z");
});

test.run();
