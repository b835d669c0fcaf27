import { test } from "uvu";
import * as assert from "uvu/assert";
import { editDistance, nearest } from "./nearest.ts";

test("editDistance counts insertions, deletions and substitutions", () => {
  assert.is(editDistance("kitten", "sitting"), 3); // k→s, e→i, +g
  assert.is(editDistance("", "abc"), 3);
  assert.is(editDistance("same", "same"), 0);
});

test("nearest finds a slip of the pen, and nothing where nothing is close", () => {
  const known = ["random", "round-robin", "least-loaded"];
  assert.is(nearest("randm", known), "random");
  assert.is(nearest("roundrobin", known), "round-robin");
  assert.is(nearest("Least-Loaded", known), "least-loaded");
  assert.is(nearest("fastest", known), undefined);
  assert.is(nearest("x", ["s", "h"]), undefined);
});

test("of two names as close, the first known wins", () => {
  assert.is(nearest("cut", ["cat", "cup"]), "cat");
});

test.run();
