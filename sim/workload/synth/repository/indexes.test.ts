import { test } from "uvu";
import * as assert from "uvu/assert";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { indexAt, indexFilesOf, suitesOf } from "./indexes.ts";
import { releasePlan } from "./plan.ts";

const recipe = accessRecipe();
const plan = releasePlan(recipe);
const suites = suitesOf(recipe, plan, 1000);

test("every release and architecture of a distribution is a suite with index files of its own", () => {
  const expected = recipe.catalogue.distributions.reduce(
    (sum, { releases, architectures }) => sum + releases.length * architectures.length,
    0,
  );
  assert.is(suites.length, expected);
  let next = 1000;
  for (const { firstIndex, changes } of suites) {
    assert.is(firstIndex, next);
    next += indexFilesOf(changes.length);
  }
});

test("a release replaces both index files at its time, not before", () => {
  const [suite] = suites;
  assert.is(suite.changes.length, plan.filter(({ distribution }) => distribution === 0).length);
  assert.is(indexAt(suite, 0), suite.firstIndex);
  const [first, second] = suite.changes;
  assert.is(indexAt(suite, first - 1), suite.firstIndex);
  assert.is(indexAt(suite, first), suite.firstIndex + 2);
  assert.is(indexAt(suite, second), suite.firstIndex + 4);
});

test.run();
