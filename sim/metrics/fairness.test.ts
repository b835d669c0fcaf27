import { test } from "uvu";
import * as assert from "uvu/assert";
import { jainIndex, maxOverMean } from "./fairness.ts";

const EVEN = [1, 1, 1, 1];

test("equal loads are perfectly fair, whatever their size and weights", () => {
  assert.is(jainIndex([3, 3, 3], [1, 5, 2]), 1);
  assert.is(maxOverMean([3, 3, 3], [1, 5, 2]), 1);
});

test("one of n that carries everything gives 1/n, and n times the mean", () => {
  assert.is(jainIndex([8, 0, 0, 0], EVEN), 0.25);
  assert.is(maxOverMean([8, 0, 0, 0], EVEN), 4);
});

test("loads 1, 2, 3: (1+2+3)² / (3 · 14) and 3 over 2", () => {
  assert.is(jainIndex([1, 2, 3], EVEN), 36 / 42);
  assert.is(maxOverMean([1, 2, 3], EVEN), 1.5);
});

test("one that weighs twice counts as two", () => {
  assert.is(jainIndex([1, 3], [2, 1]), jainIndex([1, 1, 3], EVEN));
  assert.is(maxOverMean([1, 3], [2, 1]), maxOverMean([1, 1, 3], EVEN));
});

test("one that weighs nothing does not count", () => {
  assert.is(jainIndex([2, 2, 0], [1, 1, 0]), 1);
  assert.is(maxOverMean([2, 2, 9], [1, 1, 0]), 1);
});

test("no load has no fairness", () => {
  assert.is(jainIndex([0, 0], EVEN), null);
  assert.is(maxOverMean([], []), null);
});

test.run();
