import { test } from "uvu";
import * as assert from "uvu/assert";
import { accessRecipe } from "../../../experiment/recipe/testing.ts";
import { releasePlan, releasesBefore } from "./plan.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

test("every distribution releases once a week, on its day, a week's worth of changes", () => {
  const recipe = accessRecipe();
  const names = recipe.catalogue.distributions.map(({ name }) => name);
  const plan = releasePlan({ ...recipe, releases: { ...recipe.releases, major: [] } });
  const times = (name: string) =>
    plan.filter(({ distribution }) => names[distribution] === name).map(({ time }) => time);
  assert.equal(times("rhel"), [10 * HOUR, 7 * DAY + 10 * HOUR]); // Mondays of ten days from one.
  assert.equal(times("ubuntu"), [4 * DAY + 10 * HOUR]); // The only Friday.
  assert.ok(plan.every(({ packages }) => packages === 7 * 0.015));
});

test("what was released in the week before the window is each distribution's weekly release", () => {
  const recipe = accessRecipe();
  const before = releasesBefore(recipe);
  assert.equal(
    before.map(({ distribution }) => distribution),
    [...recipe.catalogue.distributions.keys()],
  );
  // Of Mondays the one a week before the first, of Fridays the one three days before the window.
  const times = before.map(({ time }) => time);
  assert.equal([times[0], times[7]], [-7 * DAY + 10 * HOUR, -3 * DAY + 10 * HOUR]);
  const [first] = releasesBefore({ ...recipe, weekday: "tuesday" });
  assert.is(first.time, -DAY + 10 * HOUR);
});

test("a window that starts on another day has other days of the week", () => {
  const recipe = { ...accessRecipe(), weekday: "friday" } as const;
  const [first] = releasePlan(recipe);
  assert.is(first.time, 10 * HOUR);
  assert.is(recipe.catalogue.distributions[first.distribution].name, "ubuntu");
});

test("major releases come in order of time, and not beyond the window", () => {
  const recipe = accessRecipe();
  const [major] = recipe.releases.major;
  const late = { ...major, at: recipe.window };
  const releases = { ...recipe.releases, major: [late, { ...major, at: 3 * DAY }] };
  const plan = releasePlan({ ...recipe, releases });
  assert.ok(plan.every(({ time }, at) => at === 0 || plan[at - 1].time <= time));
  assert.equal(
    plan.filter(({ name }) => name === major.name).map(({ time }) => time),
    [3 * DAY],
  );
});

test("a major release of an unknown distribution is refused", () => {
  const recipe = accessRecipe();
  const major = [{ name: "x", distribution: "beos", at: 0, packages: 1, images: 0 }];
  assert.throws(
    () => releasePlan({ ...recipe, releases: { ...recipe.releases, major } }),
    /unknown distribution: beos; known: rhel, sles/,
  );
});

test.run();
