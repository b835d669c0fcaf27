import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../../engine/random.ts";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { makeRepository } from "../repository/catalogue.ts";
import { accessAtScale } from "../scale.ts";
import { packageWeights } from "./popularity.ts";
import { newShelves, partOf, shelfFor, wholeShelves } from "./shelf.ts";

const recipe = accessAtScale(accessRecipe({ scale: 0.02 }));
const repository = makeRepository(recipe, streams(1));
const weights = packageWeights(repository, recipe.demand.popularity, streams(1)("test/shelf"));
const shelves = wholeShelves(repository, weights);
const { layout, plan } = repository;

test("a shelf has all lines of its distribution's release, those most wanted first", () => {
  let lines = 0;
  for (const [distribution, releases] of shelves.entries()) {
    for (const [release, shelf] of releases.entries()) {
      lines += shelf.lines.length;
      for (const [place, line] of shelf.lines.entries()) {
        const pack = layout.packageOf[line];
        assert.is(layout.distributionOf[pack], distribution);
        assert.is(line - layout.firstLine[pack], release);
        assert.is(shelf.weights[place], weights[pack]);
        assert.ok(place === 0 || shelf.weights[place - 1] >= shelf.weights[place]);
      }
    }
  }
  assert.is(lines, layout.packageOf.length);
});

test("what a release brings is a part of its distribution's shelf, and nothing for others", () => {
  for (const [at, releases] of newShelves(repository, weights).entries()) {
    for (const [release, shelf] of releases.entries()) {
      const whole = new Set(shelves[plan[at].distribution][release].lines);
      assert.ok(shelf.lines.every((line) => whole.has(line) && layout.newest[line] === at));
    }
    assert.is(shelfFor(releases, { release: 9 }).lines.length, 0);
  }
});

test("chance leaves a share of a shelf, in its order and with its weights", () => {
  const [[whole]] = shelves;
  const part = partOf(whole, 0.25, streams(1)("test/part"));
  const share = part.lines.length / whole.lines.length;
  assert.ok(Math.abs(share - 0.25) < 5 * Math.sqrt((0.25 * 0.75) / whole.lines.length), `${share}`);
  const places = Array.from(part.lines, (line) => whole.lines.indexOf(line));
  assert.ok(places.every((place, at) => at === 0 || place > places[at - 1]));
  assert.ok(places.every((place, at) => whole.weights[place] === part.weights[at]));
  assert.is(partOf(whole, 1, streams(1)("test/part")).lines.length, whole.lines.length);
});

test.run();
