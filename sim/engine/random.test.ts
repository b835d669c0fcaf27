import { test } from "uvu";
import * as assert from "uvu/assert";
import { exponential, seededChance, streams } from "./random.ts";

test("a stream is fixed by its seed and name", () => {
  assert.is(streams(1)("arrivals")(), streams(1)("arrivals")());
  assert.is.not(streams(1)("arrivals")(), streams(1)("churn")());
  assert.is.not(streams(1)("arrivals")(), streams(2)("arrivals")());
});

test("names that repeat each other are still different streams", () => {
  const first = ["1", "11", "111", "a", "a1/a"].map((name) => streams(1)(name)());
  assert.is(new Set(first).size, first.length);
});

test("chance that can be saved draws what the streams of the same seed draw", () => {
  const chance = seededChance(1);
  const [saved, plain] = [chance.stream("arrivals"), streams(1)("arrivals")];
  for (let i = 0; i < 100; i++) assert.is(saved(), plain());
  assert.is(chance.fresh("churn")(), streams(1)("churn")());
});

test("chance goes on where it was saved, for those who hold its streams already", () => {
  const [before, after] = [seededChance(1), seededChance(1)];
  const first = before.stream("dispatch");
  const second = after.stream("dispatch");
  const unused = after.stream("trust");
  before.stream("trust");
  first();
  after.load(JSON.parse(JSON.stringify(before.save())));
  for (let i = 0; i < 100; i++) assert.is(second(), first());
  assert.equal(after.save(), before.save());
  assert.is(unused(), streams(1)("trust")());
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
