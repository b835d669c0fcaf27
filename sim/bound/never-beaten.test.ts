/** Random small systems under many policies: no run is better than its bounds. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { boundsOf, fullHouses, metricsOf, type World, worlds } from "./testing.ts";

const ROUNDING = 1e-9;

/** Its mean time of a visit and both bounds; null of a world without visits. */
async function outcomeOf(world: World, bins: number) {
  const { "visit.mean": mean, "server.share": share } = metricsOf(world);
  const { alone, tight } = await boundsOf(world, share, { bins, columns: 4000 });
  if (mean === null || alone === null || tight === null) {
    assert.equal([mean, alone, tight], [null, null, null]);
    return null;
  }
  assert.ok(alone <= tight, `alone ${alone} is above tight ${tight}`);
  assert.ok(tight <= mean * (1 + ROUNDING), `the mean ${mean} is below the bound ${tight}`);
  return { mean, alone, tight };
}

test("no policy on any system beats the bounds", async () => {
  let sharpened = 0;
  const property = fc.asyncProperty(worlds, fc.constantFrom(4, 16), async (world, bins) => {
    const outcome = await outcomeOf(world, bins);
    if (outcome !== null && outcome.tight > 1.01 * outcome.alone) sharpened++;
  });
  await fc.assert(property, { numRuns: 150, includeErrorInReport: true });
  assert.ok(sharpened > 10, `the programme adds to the bound in ${sharpened} of 150 worlds`);
});

/** After 320 s there is one volunteer more of each class, and all links are three times as wide. */
function widened(world: World): World {
  const { system } = world;
  const { uplink } = system.server;
  const more = system.customers.uploads === null ? 1 : 0;
  const change = {
    ...{ at: 320, tracker: system.tracker, synchronisation: system.synchronisation },
    server: { uplink: 3 * uplink },
    volunteers: system.volunteers.map((spec) => ({
      ...{ ...spec, count: spec.count + more },
      ...{ uplink: 3 * spec.uplink, downlink: 3 * spec.downlink, shared: 3 * spec.shared },
    })),
  };
  return { ...world, system: { ...system, changes: [change] } };
}

test("nor where volunteers come and links become wider in the middle", async () => {
  const property = fc.asyncProperty(worlds, async (world) => {
    await outcomeOf(widened(world), 4);
  });
  await fc.assert(property, { numRuns: 50, includeErrorInReport: true });
});

test("where as many files are wanted at once as there are volunteers, the bound is reached", async () => {
  let reached = 0;
  const property = fc.asyncProperty(fullHouses, async (world) => {
    const outcome = await outcomeOf(world, 200);
    if (outcome !== null && outcome.tight > 0.99 * outcome.mean) reached++;
  });
  await fc.assert(property, { numRuns: 60, includeErrorInReport: true });
  assert.ok(reached > 20, `the bound is reached in ${reached} of 60 worlds`);
});

test.run();
