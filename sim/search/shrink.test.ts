import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Scenario } from "./scenario.ts";
import type { SearchRange } from "./search-range.ts";
import { shrink } from "./shrink.ts";

const range = (low: number, high: number, usual: number): SearchRange => ({
  ...{ low, high, usual, dimension: null, isWhole: false },
});

const RANGES = new Map([
  ["workload.release.customers", { ...range(1, 1000, 1000), isWhole: true }],
  ["system.volunteers.a.count", { ...range(0, 40, 40), isWhole: true }],
  ["system.volunteers.a.uplink", range(1, 100, 1)],
  ["system.tracker.interval", range(1, 100, 10)],
  ["system.customers.parallel", range(1, 8, 1)],
]);

const START: Scenario = new Map([
  ["workload.release.customers", 700],
  ["system.volunteers.a.count", 30],
  ["system.volunteers.a.uplink", 90],
  ["system.tracker.interval", 33],
  ["system.customers.parallel", 5],
]);

const smallest = async (holds: (at: (path: string) => number) => boolean) => {
  const all = await shrink(START, RANGES, async (scenario) =>
    holds((path) => scenario.get(path) ?? RANGES.get(path)?.usual ?? Number.NaN),
  );
  return all[all.length - 1];
};

test("what does not matter goes back to its own value, and sizes to the low ends", async () => {
  assert.equal([...(await smallest(() => true))].sort(), [
    ["system.volunteers.a.count", 0],
    ["workload.release.customers", 1],
  ]);
});

test("sizes become as small as it holds, within a fifth, and settings come near the own value", async () => {
  const found = await smallest(
    (at) => at("workload.release.customers") >= 100 && at("system.volunteers.a.uplink") >= 10,
  );
  const customers = found.get("workload.release.customers") ?? 0;
  assert.ok(100 <= customers && customers <= 120, `${customers}`);
  const uplink = found.get("system.volunteers.a.uplink") ?? 0;
  // From 90 by halves of the way in decades, 0.98 of one from 10: at most an eighth of 1.95 too far.
  assert.ok(10 <= uplink && uplink <= 17.6, `${uplink}`);
  assert.is(found.get("system.volunteers.a.count"), 0);
  assert.is(found.size, 3);
});

test("settings of which either would do, are not both kept; of which both are needed, both are", async () => {
  const isOther = (at: (path: string) => number) => [
    at("system.tracker.interval") > 10,
    at("system.customers.parallel") > 1,
  ];
  const either = await smallest((at) => isOther(at).includes(true));
  assert.is(either.size, 3);
  const both = await smallest((at) => !isOther(at).includes(false));
  assert.is(both.size, 4);
});

test("every smaller scenario holds, and none has a size or a setting more than the one before", async () => {
  const limits = fc.record({
    customers: fc.integer({ min: 1, max: 700 }),
    count: fc.integer({ min: 0, max: 30 }),
    uplink: fc.integer({ min: 1, max: 90 }),
  });
  await fc.assert(
    fc.asyncProperty(limits, async ({ customers, count, uplink }) => {
      const holds = (scenario: Scenario) =>
        (scenario.get("workload.release.customers") ?? 1000) >= customers &&
        (scenario.get("system.volunteers.a.count") ?? 40) >= count &&
        (scenario.get("system.volunteers.a.uplink") ?? 1) >= uplink;
      const all = await shrink(START, RANGES, async (scenario) => holds(scenario));
      for (const [at, scenario] of all.entries()) {
        assert.ok(holds(scenario));
        for (const [path, value] of scenario) {
          const before = all[Math.max(0, at - 1)].get(path);
          assert.ok(before !== undefined && value <= before);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test.run();
