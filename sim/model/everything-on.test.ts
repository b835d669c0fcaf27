/** Random small systems with every feature, watched by the recorder, whose invariants must hold. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../engine/random.ts";
import { Recorder } from "../metrics/recorder.ts";
import { ALL_CAUSES, CAUSES, type Causes, FLUID } from "../network/causes.ts";
import { bind, policies, policyNamed } from "../policies/index.ts";
import { simulate } from "./simulation.ts";
import { SYNC_METHODS, type SystemSpec } from "./system.ts";
import { namedPolicies, tinyRun, tinySystem, tinyWorkload } from "./testing.ts";

const UNLIMITED = Number.POSITIVE_INFINITY;

const rate = fc.constantFrom(50_000, 200_000, 1e6);
const limit = fc.constantFrom(UNLIMITED, UNLIMITED, 100_000);
const site = fc.constantFrom(null, "north", "south");
const background = fc.record({
  uplink: fc.constantFrom(null, [
    { at: 0, rate: 30_000 },
    { at: 40, rate: 0 },
    { at: 90, rate: 1e7 },
    { at: 120, rate: 10_000 },
  ]),
  downlink: fc.constantFrom(null, [{ at: 0, rate: 5000 }]),
});
const causes: fc.Arbitrary<Causes> = fc.oneof(
  fc.constant(ALL_CAUSES),
  fc
    .uniqueArray(fc.constantFrom(...CAUSES), { maxLength: CAUSES.length })
    .map((on) => ({ ...FLUID, ...Object.fromEntries(on.map((cause) => [cause, true])) })),
);

const systems: fc.Arbitrary<SystemSpec> = fc
  .record({
    server: fc.record({ uplink: rate, site, background }),
    backbone: limit,
    siteLinks: fc.record({
      uplink: limit,
      downlink: limit,
      rtt: fc.constantFrom(0, 0.01),
      background,
    }),
    volunteers: fc.array(
      fc.record({
        count: fc.integer({ min: 1, max: 2 }),
        uplink: rate,
        downlink: rate,
        shared: limit,
        site,
        deliveryRate: limit,
        transferRate: limit,
        disk: fc.constantFrom(UNLIMITED, 400_000),
        coverage: fc.constantFrom(1, 0.5),
        corrupts: fc.constantFrom(0, 0.5),
        sessions: fc.constantFrom(null, { up: 100, down: 50 }),
        background,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    synchronisation: fc.record({
      every: fc.constantFrom(60, 200),
      first: fc.constant(10),
      spread: fc.constantFrom(0, 30),
      walk: fc.constantFrom(0, 5),
      list: fc.constantFrom(0, 20_000),
      yields: fc.boolean(),
      rate: limit,
      method: fc.constantFrom(...SYNC_METHODS),
      fuzzy: fc.boolean(),
      rtt: fc.constantFrom(0, 0.02),
    }),
    customers: fc.record({
      rtt: fc.constantFrom(0, 0.02),
      keepAlive: fc.boolean(),
      parallel: fc.constantFrom(1, 3),
      patience: fc.constantFrom(5, 1000),
      classes: fc.record({
        downlink: rate,
        site,
        receiveWindow: fc.constantFrom(UNLIMITED, 30_000),
      }),
    }),
    causes,
  })
  .map(({ server, backbone, siteLinks, volunteers, synchronisation, customers, causes: on }) =>
    tinySystem({
      server,
      sites: {
        backbone,
        classes: ["north", "south"].map((name) => ({ name, count: 1, ...siteLinks })),
      },
      volunteers,
      synchronisation,
      customers: { ...customers, classes: [{ share: 1, ...customers.classes }] },
      transport: { causes: on, queue: 75_700, burst: 15_140 },
    }),
  );

const workload = tinyWorkload(
  [20_000, 90_000, 200_000, 60_000],
  Array.from({ length: 24 }, (_, i) => [i * 7, i % 5, (i * 3) % 4] as const),
  {
    released: { 2: 20, 3: 90 },
    window: 300,
    twins: { 3: 1 },
    earlier: { 2: { file: 1, likeness: { block: 1000, share: 0.5, index: 0.5 } } },
  },
);

/** Runs it; the recorder throws if bytes, requests or digests do not add up. */
function fingerprintOf(system: SystemSpec, seed: number): string {
  let recorder: Recorder | undefined;
  const bound = {
    ...namedPolicies("least-loaded"),
    eviction: bind(policyNamed(policies.eviction, "age"), { age: 120 }),
    chunkSize: bind(policyNamed(policies.chunkSize, "fixed"), { chunkSize: 16_384 }),
  };
  const run = tinyRun({
    system,
    workload,
    policies: bound,
    streams: streams(seed),
    sampleEvery: 20,
  });
  const { fingerprint } = simulate(run, (world) => {
    recorder = new Recorder(world, system, workload, { from: 0, bin: 20 });
    return recorder;
  });
  recorder?.finish();
  return fingerprint;
}

test("whatever the system, bytes and requests add up, and the same run comes out the same", () => {
  const property = fc.property(systems, fc.nat(1000), (system, seed) => {
    assert.is(fingerprintOf(system, seed), fingerprintOf(system, seed));
  });
  fc.assert(property, { numRuns: 150, seed: 2008 });
});

test.run();
