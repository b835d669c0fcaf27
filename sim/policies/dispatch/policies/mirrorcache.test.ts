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
  const here = client({ position: north(0), country: "CZ", region: "eu" });
  return decide(dispatchView(volunteers, { now: 10_000, client: here }), evenly()).to;
};

test("the country comes first, then the region, however far", () => {
  const czech = near(2, 900, { countries: ["CZ"] });
  assert.is(choice([near(0, 5), near(1, 500, { region: "eu" }), czech]), 2);
  assert.is(choice([near(0, 5), near(1, 500, { region: "eu" })]), 1);
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

test("of those in the same 100 km, the more stable is among the ten", () => {
  const failing = Array.from({ length: 10 }, (_, node) => near(node, 10, { failures: 1 }));
  assert.is(choice([...failing, near(10, 10)]), 10);
});

test("in the same 100 km the score decides, and then chance", () => {
  assert.is(choice([near(0, 100, { score: 1 }), near(1, 199, { score: 2 })]), 1);
  assert.is(choice([near(0, 110, { score: 1 }), near(1, 210, { score: 2 })]), 0);
  const alike = dispatchView([near(0, 110), near(1, 190)], {
    client: client({ position: north(0) }),
  });
  const [first] = shares(bind(mirrorcache), alike, 10_000);
  assert.ok(Math.abs(first - 0.5) < 0.02, `${first}`);
});

test.run();
