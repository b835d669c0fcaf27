import { test } from "uvu";
import * as assert from "uvu/assert";
import { averaged, byPolicy, drawn, evenlySpaced } from "./rows.ts";

test("averaging keeps the first time of each group, also of a last short one", () => {
  const rows = [1, 3, 8].map((mean, at) => ({
    time: 10 * at,
    mean,
    low: mean - 1,
    high: mean + 1,
  }));
  assert.equal(averaged(rows, 2), [
    { time: 0, mean: 2, low: 1, high: 3 },
    { time: 20, mean: 8, low: 7, high: 9 },
  ]);
});

test("rows are grouped in the order of the policies; strangers and empty policies are left out", () => {
  const rows = [{ policy: "b" }, { policy: "a" }, { policy: "other" }, { policy: "b" }];
  assert.equal(byPolicy(rows, ["a", "b", "c"]), [
    ["a", [{ policy: "a" }]],
    ["b", [{ policy: "b" }, { policy: "b" }]],
  ]);
});

test("an unbounded interval is drawn as its mean", () => {
  const single = { mean: 2, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  assert.equal(drawn(single), { mean: 2, low: 2, high: 2 });
});

test("evenly spaced values keep both ends", () => {
  assert.equal(evenlySpaced([0, 1, 2, 3, 4], 3), [0, 2, 4]);
  assert.equal(evenlySpaced([0, 1], 3), [0, 1]);
});

test.run();
