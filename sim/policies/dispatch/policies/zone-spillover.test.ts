import { test } from "uvu";
import * as assert from "uvu/assert";
import { bind } from "../../policy.ts";
import { client, dispatchView, known, replay } from "../../testing.ts";
import { zoneSpillover } from "./zone-spillover.ts";

// The site has 2 of 8 MB/s, a quarter of the capacity.
const volunteers = [
  { ...known(0, { site: "a" }), uplink: 2e6 },
  { ...known(1, { site: "b" }), uplink: 4e6, uploadRate: 3e6 }, // 1 MB/s idle.
  { ...known(2, {}), uplink: 2e6 }, // 2 MB/s idle.
];
const decide = (demand: number, draws: readonly number[]) =>
  bind(zoneSpillover).decide(
    dispatchView(volunteers, { client: client({ site: "a", demand }) }),
    replay(draws),
  );

test("a site whose share of requests is no more than its share of capacity keeps them", () => {
  assert.equal(decide(0.25, [0.99, 0.5]), { to: 0, reason: "same site" });
  assert.equal(decide(0, [0.99, 0.5]), { to: 0, reason: "same site" });
});

test("what exceeds it goes elsewhere, by what is idle there", () => {
  // With half of all requests, 0.25/0.5 of them stay; the others are split 1 to 2.
  assert.equal(decide(0.5, [0.49, 0.5]), { to: 0, reason: "same site" });
  assert.equal(decide(0.5, [0.51, 0.33]), { to: 1, reason: "elsewhere" });
  assert.equal(decide(0.5, [0.51, 0.34]), { to: 2, reason: "elsewhere" });
});

test("where nothing is idle elsewhere, each counts for a tenth of its uplink", () => {
  const busy = volunteers.map((volunteer) => ({ ...volunteer, uploadRate: 9e6 }));
  const view = dispatchView(busy, { client: client({ site: "a", demand: 1 }) });
  // 0.4 and 0.2 MB/s.
  assert.is(bind(zoneSpillover).decide(view, replay([0.9, 0.66])).to, 1);
  assert.is(bind(zoneSpillover).decide(view, replay([0.9, 0.67])).to, 2);
});

test.run();
