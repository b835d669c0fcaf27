import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Place, route } from "./sites.ts";

const campus: Place = { parent: null, up: 0, down: 1 };
const physics: Place = { parent: campus, up: 2, down: 3 };
const biology: Place = { parent: campus, up: 4, down: 4 }; // Half duplex: one link both ways.
const mirror: Place = { parent: physics, up: 5, down: 6 };
const desk: Place = { parent: physics, up: null, down: 7 };
const lab: Place = { parent: biology, up: 8, down: 9 };
const home: Place = { parent: null, up: 10, down: 11 };

test("traffic of a department does not leave it", () => {
  assert.equal(route(mirror, desk, 0.001), { data: [5, 7], back: [6], roundTrip: 0.001 });
});

test("between departments it crosses both their links, and not the campus's", () => {
  assert.equal(route(mirror, lab, 0.001).data, [5, 2, 4, 9]);
  assert.equal(route(mirror, lab, 0.001).back, [8, 4, 3, 6]);
});

test("to a home it crosses all links on the way out", () => {
  assert.equal(route(mirror, home, 0.04).data, [5, 2, 0, 11]);
  assert.equal(route(home, lab, 0.04).data, [10, 1, 4, 9]);
});

test("a link that both places share is crossed once", () => {
  const other: Place = { parent: null, up: 4, down: 4 };
  assert.equal(route(lab, other, 0.04).data, [8, 4, 0]);
});

test("what passes between the parts of a place crosses its backbone, and nothing else does", () => {
  const town: Place = { parent: null, up: null, down: null, within: 20 };
  const [north, south] = [1, 2].map(
    (link): Place => ({ parent: town, up: link, down: link + 10, within: link + 20 }),
  );
  const near: Place = { parent: north, up: 3, down: 13 };
  const next: Place = { parent: north, up: 4, down: 14 };
  const far: Place = { parent: south, up: 5, down: 15 };
  assert.equal(route(near, far, 0).data, [3, 1, 20, 12, 15]);
  assert.equal(route(far, near, 0).data, [5, 2, 20, 11, 13]);
  assert.equal(route(near, next, 0).data, [3, 21, 14]);
});

test("a place within itself is rejected", () => {
  const odd = { parent: null as Place | null, up: 0, down: 0 };
  odd.parent = odd;
  assert.throws(() => route(odd, home, 0), /within itself/);
});

test.run();
