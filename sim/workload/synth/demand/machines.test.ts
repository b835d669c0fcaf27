import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { suitesOf } from "../repository/indexes.ts";
import { machinesOf, visitWeights } from "./machines.ts";

const recipe = accessRecipe();
const { distributions } = recipe.catalogue;
const suites = suitesOf(recipe, [], 0);

test("distributions have their shares of the customers, split over their suites", () => {
  const { first, suite } = machinesOf(10_000, suites, distributions, 2.5);
  assert.is(first.length, suites.length + 1);
  assert.is(first[suites.length], 10_000);
  for (const [index, { name, customers }] of distributions.entries()) {
    const own = [...suite].filter((at) => suites[at].distribution === index).length;
    assert.ok(Math.abs(own - 10_000 * customers) < suites.length, name);
  }
});

test("releases and architectures share customers by a power of their places", () => {
  const { first } = machinesOf(100_000, suites, distributions, 2);
  const own = (release: number, architecture: number) => {
    const at = suites.findIndex(
      (suite) =>
        suite.distribution === 0 &&
        suite.release === release &&
        suite.architecture === architecture,
    );
    return first[at + 1] - first[at];
  };
  assert.ok(Math.abs(own(0, 0) / own(1, 0) - 4) < 0.01);
  assert.ok(Math.abs(own(0, 0) / own(0, 2) - 9) < 0.02);
});

test("a single customer has a suite", () => {
  const { first, suite } = machinesOf(1, suites, distributions, 2.5);
  assert.is(suite.length, 1);
  assert.is(first[suite[0]], 0);
});

const random = () => streams(3)("test/busy");

test("visits have a Pareto law: of index 1.5, the busiest hundredth makes a fifth", () => {
  const weights = visitWeights(100_000, 1.5, random());
  const sorted = weights.toSorted().reverse();
  const sum = (of: Float64Array) => of.reduce((all, each) => all + each, 0);
  assert.ok(Math.abs(sum(weights) - 100_000) < 1e-6 * 100_000);
  // A share q of the customers makes q^(1 - 1/1.5) of the visits; the law's end is cut off.
  for (const [share, visits] of [
    [0.01, 0.2154],
    [0.1, 0.4642],
    [0.5, 0.7937],
  ]) {
    const own = sum(sorted.subarray(0, share * 100_000)) / 100_000;
    assert.ok(Math.abs(own - visits) < 0.02, `${share}: ${own}`);
  }
  // The least is a third of the mean.
  assert.ok(Math.abs(sorted[99_999] - 1 / 3) < 0.01, `${sorted[99_999]}`);
});

test("a large index makes all alike, and neighbours have their share of busy ones", () => {
  const even = visitWeights(1000, 1000, random());
  assert.ok(Math.max(...even) < 1.01);
  const weights = visitWeights(100_000, 1.5, random());
  for (let first = 0; first < 100_000; first += 5000) {
    const busy = weights.subarray(first, first + 5000).filter((weight) => weight > 1).length;
    // One in five is above the mean: (1 / 3)^1.5.
    assert.ok(Math.abs(busy - 0.19 * 5000) < 50, `${busy}`);
  }
});

test("another chance has other busy customers", () => {
  const one = visitWeights(1000, 1.5, random());
  const other = visitWeights(1000, 1.5, streams(4)("test/busy"));
  assert.is.not(one.indexOf(Math.max(...one)), other.indexOf(Math.max(...other)));
});

test.run();
