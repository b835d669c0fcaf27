import { test } from "uvu";
import * as assert from "uvu/assert";
import { SERVER } from "../dispatch/dispatch.ts";
import { policies, policyNamed } from "../index.ts";
import { bind } from "../policy.ts";
import { replay } from "../testing.ts";
import { SWARM, type SyncPolicy, type SyncView } from "./sync.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

test("daily: each volunteer keeps its own time of day, whenever it is asked", () => {
  const slot = decide("daily", { now: 0 }).at;
  assert.ok(0 <= slot && slot < DAY);
  assert.is(decide("daily", { now: slot / 2, lastSync: Number.NEGATIVE_INFINITY }).at, slot);
  assert.is(decide("daily", { now: slot, lastSync: slot }).at, slot + DAY);
  assert.is(decide("daily", { now: slot + HOUR, lastSync: slot }).at, slot + DAY);
  assert.not.equal(decide("daily", { node: 1 }).at, slot);
});

test("pushed: at once when something is pending, else a day after the last time", () => {
  assert.is(decide("pushed", { now: 9, pendingFiles: 1 }).at, 9);
  assert.is(decide("pushed", { now: 9, lastSync: 5 }).at, DAY + 5);
});

test("off-peak: once in the window from 02:00 to 14:00, at 1.2 Gbit/s", () => {
  const at = (hour: number, lastSync: number) =>
    decide("off-peak", { now: hour * HOUR, timeOfDay: (hour % 24) * HOUR, lastSync }).at / HOUR;
  assert.is(at(1, 0), 2);
  assert.is(at(2, 0), 2);
  assert.is(at(13, 0), 13);
  assert.is(at(14, 0), 26);
  assert.is(at(13, 3 * HOUR), 26); // It has been.
  assert.is(at(27, 3 * HOUR), 27);
  assert.is(decide("off-peak", {}).rate, 150e6);
});

test("age-driven: the newer the newest release, the sooner", () => {
  // MirrorCache: below 1 h every 30 min, 4 h 60 min, 24 h 4 h, 72 h 8 h, from there 24 h.
  const ages = [0, 0.9, 1, 3.9, 4, 23.9, 24, 71.9, 72, Number.POSITIVE_INFINITY];
  const hours = ages.map(
    (age) => decide("age-driven", { lastSync: 0, releasedAt: -age * HOUR }).at / HOUR,
  );
  assert.equal(hours, [0.5, 0.5, 1, 1, 4, 4, 8, 8, 24, 24]);
  assert.is(decide("age-driven", { now: 5, lastSync: Number.NEGATIVE_INFINITY }).at, 5);
});

test("yielding: nine tenths of what deliveries leave, at least a twentieth of the capacity", () => {
  const rate = (delivering: number) =>
    decide("yielding", { pendingFiles: 1, capacity: 1e6, delivering }).rate;
  assert.equal([0, 500e3, 1e6, 2e6].map(rate), [900e3, 450e3, 50e3, 50e3]);
});

test("tree: the first four fetch from the server, the others from a lower number", () => {
  const nodes = [0, 3, 4, 7, 8, 19, 20];
  const from = nodes.map((node) => decide("tree", { node, pendingFiles: 1 }).from);
  assert.equal(from, [SERVER, SERVER, 0, 0, 1, 3, 4]);
});

test("those that begin at once do nothing while nothing is pending", () => {
  for (const name of ["yielding", "tree", "swarm"]) {
    assert.is(decide(name, { now: 7, pendingFiles: 1 }).at, 7);
    assert.is(decide(name, { now: 7 }).at, Number.POSITIVE_INFINITY);
  }
  assert.is(decide("swarm", { pendingFiles: 1 }).from, SWARM);
});

test.run();

function decide(name: string, facts: Partial<SyncView>) {
  const policy = policyNamed<SyncPolicy>(policies.sync, name);
  const view = {
    ...{ node: 0, now: 0, timeOfDay: 0, lastSync: 0, pendingFiles: 0, pendingBytes: 0 },
    ...{ releasedAt: Number.NEGATIVE_INFINITY, capacity: 1e6, delivering: 0 },
  };
  return bind(policy).decide({ ...view, ...facts }, replay([]));
}
