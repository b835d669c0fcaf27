import { test } from "uvu";
import * as assert from "uvu/assert";
import { jainIndex, maxOverMean } from "./fairness.ts";

test("equal loads are perfectly fair, whatever their size", () => {
  assert.is(jainIndex([3, 3, 3]), 1);
  assert.is(maxOverMean([3, 3, 3]), 1);
});

test("one of n that carries everything gives 1/n, and n times the mean", () => {
  assert.is(jainIndex([8, 0, 0, 0]), 0.25);
  assert.is(maxOverMean([8, 0, 0, 0]), 4);
});

test("loads 1, 2, 3: (1+2+3)² / (3 · 14) and 3 over 2", () => {
  assert.is(jainIndex([1, 2, 3]), 36 / 42);
  assert.is(maxOverMean([1, 2, 3]), 1.5);
});

test("no load has no fairness", () => {
  assert.is(jainIndex([0, 0]), null);
  assert.is(maxOverMean([]), null);
});

test.run();
