import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { type Run, simulate, type World } from "../model/simulation.ts";
import { HONEST, SYNC_METHODS } from "../model/system.ts";
import {
  comesAndGoes,
  namedPolicies,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "../model/testing.ts";
import { policies } from "../policies/index.ts";
import { checkAccount, checkCapacity } from "./invariants.ts";
import { Recorder } from "./recorder.ts";

/** A visit of 12 h stands at the horizon. */
const HORIZON = 43_200;

function record(run: Pick<Run, "system" | "workload"> & Partial<Run>, from = 0, horizon = HORIZON) {
  let recorder: Recorder | undefined;
  const whole = tinyRun({ ...run, measureFrom: from });
  simulate(whole, (world) => {
    recorder = new Recorder(world, whole.system, whole.workload, { from, horizon, bin: 100 });
    return recorder;
  });
  assert.ok(recorder !== undefined);
  return recorder.finish();
}

test("two requests at the server: delays, quantiles, rates and bytes by hand", () => {
  // 100 B and 300 B at 10 B/s from two customers, one after the other: delays 10 and 30 s.
  const workload = tinyWorkload(
    [100, 300],
    [
      [0, 0, 0],
      [150, 1, 1],
    ],
    { window: 400 },
  );
  const { metrics, serverRate, delays } = record({
    system: tinySystem(),
    workload,
    policies: namedPolicies("origin-only"),
  });
  assert.is(metrics["server.bytes"], 400);
  assert.equal([...serverRate], [1, 3, 0, 0]);
  assert.is(metrics["server.peakRate"], 3);
  assert.is(metrics["server.share"], 1);
  assert.is(metrics["delay.mean"], 20);
  assert.is(metrics["delay.p50"], 20); // halfway between 10 and 30.
  assert.is(metrics["delay.p95"], 29); // 10 + 0.95 · 20.
  assert.is(metrics["slowdown.mean"], 1);
  assert.is(metrics["volunteers.jain"], null);
  assert.is(delays[0], 10);
  assert.is(delays[200], 30);
});

test("what was asked before the measured time is served but not measured", () => {
  const workload = tinyWorkload(
    [100],
    [
      [0, 0, 0],
      [150, 1, 0],
    ],
    { window: 400 },
  );
  const run = { system: tinySystem(), workload, policies: namedPolicies("origin-only") };
  const { metrics } = record(run, 100);
  assert.is(metrics["requests.total"], 1);
  assert.is(metrics["server.bytes"], 100);
});

test("the load of a volunteer is the share of its uplink that deliveries used", () => {
  // 100 B of 20 B/s · 200 s.
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 200 });
  const { loads, metrics } = record({ system: tinySystem(), workload });
  assert.equal([...loads], [0.025]);
  assert.is(metrics["volunteers.jain"], 1);
});

test("a queue is back when a tenth of its most is left, counted from the measured time on", () => {
  // Twenty files of 100 B share 10 B/s from 100 s on and end together, at 300 s; one more comes at 345 s.
  const asks = Array.from({ length: 21 }, (_, i): [number, number, number] => [
    i < 20 ? 100 : 345,
    i,
    0,
  ]);
  const workload = tinyWorkload([100], asks, { window: 600 });
  const run = { system: tinySystem(), workload, policies: namedPolicies("origin-only") };
  const { metrics } = record(run);
  assert.is(metrics["backlog.most"], 20);
  assert.is(metrics["backlog.back"], 400);
  const late = record(run, 150).metrics;
  assert.equal([late["backlog.most"], late["backlog.back"]], [20, 250]);
  const never = record({ ...run, workload: { ...workload, window: 300 } }).metrics;
  assert.is(never["backlog.back"], 300);
  const nobody = record({ ...run, workload: tinyWorkload([100], [], { window: 600 }) }).metrics;
  assert.equal([nobody["backlog.most"], nobody["backlog.back"]], [null, null]);
  const quick = tinyWorkload([100], [[10, 0, 0]], { window: 600 });
  const unseen = record({ ...run, workload: quick }).metrics;
  assert.equal([unseen["backlog.most"], unseen["backlog.back"]], [0, null]);
});

test("the backlog counts what is asked and not yet ended at the start of each bin", () => {
  // 1500 B at 10 B/s: from 50 s to 200 s; 100 B from 310 s to 320 s.
  const workload = tinyWorkload(
    [1500, 100],
    [
      [50, 0, 0],
      [310, 1, 1],
    ],
    { window: 400 },
  );
  const { backlog } = record({
    system: tinySystem(),
    workload,
    policies: namedPolicies("origin-only"),
  });
  assert.equal([...backlog], [0, 1, 0, 0]);
});

test("the course of a volunteer is the share of its uplink that it sent over in each column", () => {
  // 100 B at 10 B/s, of 20 B/s, in the first of two columns of 100 s.
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 200 });
  const { busy, loads } = record({ system: tinySystem(), workload });
  assert.is(busy.width, 100);
  assert.equal([...busy.share], [0.05, 0]);
  assert.is(busy.share[0] / 2, loads[0]);
});

test("a long window has at most 96 columns, the last of which may be shorter", () => {
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 19_300 });
  const { busy } = record({ system: tinySystem(), workload });
  assert.is(busy.width, 300);
  assert.is(busy.share.length, 65);
});

const worlds = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 5 }),
  released: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
  asks: fc.array(fc.tuple(fc.nat(1500), fc.nat(4), fc.nat(1)), { minLength: 1, maxLength: 60 }),
  volunteers: fc.array(
    fc.record({
      count: fc.integer({ min: 1, max: 3 }),
      uplink: fc.constantFrom(5, 20, 100),
      shared: fc.constantFrom(15, Number.POSITIVE_INFINITY),
      coverage: fc.constantFrom(0.5, 1),
      conduct: fc.constantFrom(0, 0.5, 1).map((corrupts) => ({ ...HONEST, corrupts })),
      sessions: fc.constantFrom(null, comesAndGoes(300, 100)),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  parallel: fc.integer({ min: 1, max: 3 }),
  patience: fc.constantFrom(40, 10_000),
  dispatch: fc.constantFrom(...policies.dispatch.map(({ name }) => name)),
  replication: fc.constantFrom(...policies.replication.map(({ name }) => name)),
  method: fc.constantFrom(...SYNC_METHODS),
  seed: fc.nat(1000),
});

test("in random worlds bytes are conserved, every request ends, and no wrong bytes are kept", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { sizes, asks, parallel, patience, volunteers } = world;
      const sorted = asks.toSorted(([a], [b]) => a - b);
      const released = world.released === undefined ? {} : { 1: world.released };
      const workload = tinyWorkload(sizes, sorted, { released });
      const { metrics } = record({
        system: tinySystem({
          volunteers,
          customers: { parallel, patience },
          synchronisation: { every: 400, spread: 100, first: 10, walk: 5, method: world.method },
        }),
        workload,
        policies: namedPolicies(world.dispatch, world.replication),
        streams: streams(world.seed),
      });
      assert.is(metrics["requests.total"], asks.length);
      assert.is(metrics["requests.wrongAccepted"], 0);
    }),
    { seed: 1, numRuns: 400 },
  );
});

test("synchronisation is told by hours, bytes and the age of what arrives", () => {
  // 100 B in ten chunks of 30 B each, 300 B at 10 B/s, released at 400, pulled from 500 to 530.
  const workload = tinyWorkload([100], [], { released: { 0: 400 }, window: 86_400 });
  const system = tinySystem({ synchronisation: { every: 86_400 } });
  const { metrics } = record({ system, workload });
  assert.is(metrics["sync.serverBytes"], 300);
  assert.is(metrics["sync.peerBytes"], 0);
  assert.is(metrics["sync.wireBytes"], 300);
  assert.is(metrics["sync.age"], 130);
  assert.is(metrics["sync.lastAge"], 130);
  assert.is(metrics["sync.maxHours"], 30 / 3600);
  assert.is(metrics["sync.minHours"], 30 / 3600);
});

test("the invariants see bytes that vanish, requests that hang, and wrong bytes that are kept", () => {
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 100 });
  let world: World | undefined;
  simulate(tinyRun({ system: tinySystem(), workload }), (running) => {
    world = running;
    return new Recorder(running, tinySystem(), workload, { from: 0, horizon: HORIZON, bin: 100 });
  });
  assert.ok(world !== undefined);
  const ended = world;
  const synchronised = { pulled: 0, exchanged: 0, returned: 0 };
  const good = {
    received: 100,
    together: false,
    lost: 0,
    headers: 0,
    audited: 0,
    ...synchronised,
    requestsEnded: 1,
    wrongAccepted: 0,
  };
  checkCapacity(ended);
  checkAccount(ended, workload, good);
  const check = (fault: object) => () => checkAccount(ended, workload, { ...good, ...fault });
  assert.throws(check({ received: 99 }), /bytes at customers: 100 is not 99/);
  assert.throws(check({ pulled: 1 }), /bytes synchronised/);
  assert.throws(check({ exchanged: 1 }), /bytes synchronised/);
  assert.throws(check({ returned: 1 }), /bytes sent/);
  assert.throws(check({ requestsEnded: 0 }), /0 of 1 requests ended/);
  assert.throws(check({ wrongAccepted: 1 }), /1 requests kept wrong bytes unnoticed/);
});

test.run();
