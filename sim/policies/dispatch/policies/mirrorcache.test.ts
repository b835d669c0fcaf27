import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, evenly, known } from "../../testing.ts";
import type { VolunteerFacts } from "../facts.ts";
import { north, shares } from "../testing.ts";
import { mirrorcache } from "./mirrorcache.ts";

const { decide } = bind(mirrorcache);
const near = (node: number, km: number, facts: Partial<VolunteerFacts> = {}) =>
  known(node, { position: north(km), ...facts });
const choice = (volunteers: Parameters<typeof dispatchView>[0]) => {
  const here = client({ position: north(0), country: "CZ", continent: "EU" });
  return decide(dispatchView(volunteers, { now: 10_000, client: here }), evenly()).to;
};

test("the country comes first, then the continent, however far", () => {
  const czech = near(2, 900, { countries: ["CZ"] });
  const european = near(1, 500, { continents: ["EU"] });
  assert.is(choice([near(0, 5), european, czech]), 2);
  assert.is(choice([near(0, 5), european]), 1);
});

test("the reason tells where it was found", () => {
  const here = client({ country: "CZ", continent: "EU" });
  const places = [{ countries: ["CZ"] }, { continents: ["EU"] }, {}];
  const reasons = places.map(
    (facts) => decide(dispatchView([known(0, facts)], { client: here }), evenly()).reason,
  );
  assert.equal(reasons, ["same country", "same continent", "the rest"]);
});

test("among the ten nearest, the more stable comes first", () => {
  // Grades by the last failure: 0 without, 1 below 2.4 h = 8640 s, 2 below 6 min, 3 while failing.
  const graded = [
    near(0, 50, { failures: 1, failedAt: 0 }),
    near(1, 150, { failedAt: 9641 }),
    near(2, 250, { failedAt: 1361 }),
    near(3, 3500, { failedAt: 1360 }),
  ];
  assert.is(choice(graded), 3);
  assert.is(choice([near(0, 50, { failedAt: 9641 }), near(1, 150, { failedAt: 9640 })]), 1);
  assert.is(choice(graded.slice(0, 3)), 2);
  assert.is(choice(graded.slice(0, 2)), 1);
});

test("who is farther than the ten nearest is not looked at, however stable", () => {
  const failing = Array.from({ length: 10 }, (_, node) => near(node, 10, { failures: 1 }));
  assert.ok(choice([...failing, near(10, 1000)]) < 10);
  assert.is(choice([...failing.slice(1), near(10, 1000)]), 9);
});

test("of those at the same hundred kilometres, the more stable is among the ten", () => {
  const failing = Array.from({ length: 10 }, (_, node) => near(node, 10, { failures: 1 }));
  assert.is(choice([...failing, near(10, 10)]), 10);
});

test("at the same hundred kilometres the lower score decides, and then chance", () => {
  assert.is(choice([near(0, 51, { score: 2 }), near(1, 149, { score: 1 })]), 1);
  assert.is(choice([near(0, 51, { score: 2 }), near(1, 151, { score: 1 })]), 0);
  const alike = dispatchView([near(0, 60), near(1, 140)], {
    client: client({ position: north(0) }),
  });
  const [first] = shares(bind(mirrorcache), alike, 10_000);
  assert.ok(Math.abs(first - 0.5) < 0.02, `${first}`);
});

test("halves are rounded to the even hundred", () => {
  const [low, high] = [{ score: 1 }, { score: 2 }];
  // 50 km are none, as 49 are; 150 and 250 km are two hundred both.
  assert.is(choice([near(0, 49, high), near(1, 50, low)]), 1);
  assert.is(choice([near(0, 50, high), near(1, 51, low)]), 0);
  assert.is(choice([near(0, 150, high), near(1, 250, low)]), 1);
  assert.is(choice([near(0, 149.9, high), near(1, 150, low)]), 0);
});

test.run();
