import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { syncRecipe } from "../../experiment/recipe/testing.ts";
import type { SyncTrace } from "../trace/trace.ts";
import { dayHours } from "./sync/day-hours.ts";
import { synthesizeSyncs } from "./sync.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Hours on each day of a node none of whose synchronisations runs over midnight. */
function hoursOf(trace: SyncTrace, node: number): number[] {
  const hours = new Array<number>(trace.window / DAY).fill(0);
  for (let row = 0; row < trace.syncs; row++) {
    if (trace.node[row] !== node) continue;
    assert.ok((trace.time[row] % DAY) + trace.duration[row] <= DAY);
    hours[Math.floor(trace.time[row] / DAY)] += trace.duration[row] / HOUR;
  }
  return hours;
}

function near(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) < 1e-6, `${value} is not ${expected}`);
}

test("the traced node has the abstract's hours for every seed", () => {
  for (let seed = 0; seed < 20; seed++) {
    const hours = hoursOf(synthesizeSyncs(syncRecipe({ seed })), 0);
    assert.is(hours.length, 35);
    near(hours.reduce((sum, each) => sum + each, 0) / 35, 1.81);
    near(Math.max(...hours), 20.53);
    near(Math.min(...hours), 0.54);
  }
});

test("ordinary days take 1.28 h on average: what the other numbers leave", () => {
  const hours = hoursOf(synthesizeSyncs(syncRecipe()), 0).sort((a, b) => a - b);
  const ordinary = hours.slice(1, -1);
  const mean = ordinary.reduce((sum, each) => sum + each, 0) / 33;
  near(mean, (35 * 1.81 - 20.53 - 0.54) / 33);
  assert.ok(ordinary[32] < 10, `${ordinary[32]}`);
});

test("what is new in a day is then 1.5 % of the repository: 42.9 GB", () => {
  const { syncs, node, bytes } = synthesizeSyncs(syncRecipe());
  let sum = 0;
  for (let row = 0; row < syncs; row++) if (node[row] === 0) sum += bytes[row];
  assert.ok(Math.abs(sum / 35 / (0.015 * 2.86e12) - 1) < 0.01, `${sum / 35}`);
});

test("forty nodes, half of them complete, synchronise once a day unless they are busy", () => {
  const trace = synthesizeSyncs(syncRecipe());
  assert.is(trace.nodes.length, 40);
  assert.is(trace.nodes.at(0), "edge-01");
  assert.ok(trace.syncs > 0.95 * 40 * 35 && trace.syncs <= 40 * 35, `${trace.syncs}`);
  const busyUntil = new Float64Array(40);
  const total = new Float64Array(40);
  for (let row = 0; row < trace.syncs; row++) {
    const node = trace.node[row];
    assert.ok(row === 0 || trace.time[row] >= trace.time[row - 1]);
    assert.ok(trace.time[row] >= busyUntil[node] && trace.time[row] < trace.window);
    assert.ok(trace.files[row] > 0 === trace.bytes[row] > 0);
    busyUntil[node] = trace.time[row] + trace.duration[row];
    total[node] += trace.bytes[row];
  }
  const most = Math.max(...total);
  const complete = total.filter((bytes) => bytes > 0.99 * most).length;
  assert.is(complete, 20);
});

test("another scale has other bytes and the same hours", () => {
  const [whole, tenth] = [1, 0.1].map((scale) => synthesizeSyncs(syncRecipe({ scale })));
  assert.is(whole.syncs, tenth.syncs);
  for (let row = 0; row < whole.syncs; row++) {
    assert.ok(Math.abs(whole.duration[row] - tenth.duration[row]) < 0.001);
    assert.ok(Math.abs(tenth.bytes[row] - whole.bytes[row] / 10) <= 35);
  }
});

test("equal seeds make equal traces, and other seeds others", () => {
  const made = (seed: number) => {
    const { time, node, bytes, duration } = synthesizeSyncs(syncRecipe({ seed }));
    return JSON.stringify([[...time], [...node], [...bytes], [...duration]]);
  };
  assert.is(made(3), made(3));
  assert.is.not(made(3), made(4));
});

test("mean, longest and shortest day are met wherever they can be", () => {
  const parameters = fc.record({
    days: fc.integer({ min: 3, max: 60 }),
    min: fc.integer({ min: 0, max: 4 * HOUR }),
    ordinary: fc.integer({ min: 0, max: 10 * HOUR }),
    max: fc.integer({ min: 14 * HOUR, max: 22 * HOUR }),
    spread: fc.double({ min: 0, max: 3, noNaN: true }),
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(parameters, ({ days, min, ordinary, max, spread, seed }) => {
      const mean = (max + min + (days - 2) * (min + ordinary)) / days;
      const recipe = { ...syncRecipe(), window: days * DAY, traced: { mean, max, min }, spread };
      const { total } = dayHours(recipe, streams(seed)("test/days"));
      const sum = total.reduce((all, each) => all + each, 0);
      assert.ok(Math.abs(sum / days - mean) < 0.01, `${sum / days} ${mean}`);
      assert.is(Math.max(...total), max);
      assert.is(Math.min(...total), min);
    }),
  );
});

test("a mean that is out of reach by rounding alone is met", () => {
  // Fourteen days of 12443 s but for one of 67657: the mean, times 14, is less by a rounding.
  const [days, min, max] = [14, 12_443, 67_657];
  const mean = (max + (days - 1) * min) / days;
  const recipe = { ...syncRecipe(), window: days * DAY, traced: { mean, max, min }, spread: 0 };
  const { total } = dayHours(recipe, streams(0)("test/days"));
  assert.is(Math.min(...total), min);
});

test("days that cannot have their mean are refused", () => {
  const recipe = { ...syncRecipe(), traced: { mean: 100, max: 80_000, min: 90 } };
  assert.throws(
    () => synthesizeSyncs(recipe),
    "invalid mean: 100; 35 days from 90 to 80000 seconds cannot have it",
  );
});

test.run();
