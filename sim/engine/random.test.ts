import { test } from "uvu";
import * as assert from "uvu/assert";
import { exponential, streams } from "./random.ts";

test("a stream is fixed by its seed and name", () => {
  assert.is(streams(1)("arrivals")(), streams(1)("arrivals")());
  assert.is.not(streams(1)("arrivals")(), streams(1)("churn")());
  assert.is.not(streams(1)("arrivals")(), streams(2)("arrivals")());
});

test("names that repeat each other are still different streams", () => {
  const first = ["1", "11", "111", "a", "a1/a"].map((name) => streams(1)(name)());
  assert.is(new Set(first).size, first.length);
});

// Published results depend on these numbers. If they change, every golden result changes too.
test("golden draws", () => {
  const random = streams(1)("arrivals");
  assert.equal(
    [random(), random(), random()],
    [0.040297543397173285, 0.3183343056589365, 0.4461775596719235],
  );
});

test("exponential draws have the mean and the median of the distribution", () => {
  const random = streams(1)("exponential");
  const draws = Array.from({ length: 20_000 }, () => exponential(random, 10)).sort((a, b) => a - b);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  // Standard error of the mean: 10 / √20000 = 0.071; of the median: 0.071 as well.
  assert.ok(Math.abs(mean - 10) < 0.3, `mean ${mean}`);
  assert.ok(Math.abs((draws[10_000] ?? 0) - 10 * Math.LN2) < 0.3, `median ${draws[10_000]}`);
});

test.run();
