import { test } from "uvu";
import * as assert from "uvu/assert";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { suitesOf } from "../repository/indexes.ts";
import { machinesOf } from "./machines.ts";

const recipe = accessRecipe();
const { distributions } = recipe.catalogue;
const suites = suitesOf(recipe, [], 0);

test("distributions have their shares of the customers, split over their suites", () => {
  const { first, suite } = machinesOf(10_000, suites, distributions);
  assert.is(first.length, suites.length + 1);
  assert.is(first[suites.length], 10_000);
  for (const [index, { name, customers }] of distributions.entries()) {
    const own = [...suite].filter((at) => suites[at].distribution === index).length;
    assert.ok(Math.abs(own - 10_000 * customers) < suites.length, name);
  }
});

test("the first release and architecture has twice the customers of the second", () => {
  const { first } = machinesOf(100_000, suites, distributions);
  const own = (release: number, architecture: number) => {
    const at = suites.findIndex(
      (suite) =>
        suite.distribution === 0 &&
        suite.release === release &&
        suite.architecture === architecture,
    );
    return first[at + 1] - first[at];
  };
  assert.ok(Math.abs(own(0, 0) / own(1, 0) - 2) < 0.01);
  assert.ok(Math.abs(own(0, 0) / own(0, 2) - 3) < 0.01);
});

test("a single customer has a suite", () => {
  const { first, suite } = machinesOf(1, suites, distributions);
  assert.is(suite.length, 1);
  assert.is(first[suite[0]], 0);
});

test.run();
