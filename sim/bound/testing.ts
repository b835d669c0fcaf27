/** Random small systems, what runs on them come to, and their bounds. */
import fc from "fast-check";
import { streams } from "../engine/random.ts";
import { Recorder } from "../metrics/recorder.ts";
import { drawLines } from "../model/customers.ts";
import { simulate } from "../model/simulation.ts";
import { HONEST, type SystemSpec } from "../model/system.ts";
import {
  type Ask,
  comesAndGoes,
  namedPolicies,
  TINY_CUSTOMER,
  TINY_SERVER,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "../model/testing.ts";
import { ALL_CAUSES, FLUID } from "../network/http/causes.ts";
import { policies } from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import { aloneBound } from "./alone.ts";
import { demandOf } from "./demand.ts";
import { type Fineness, tightBound } from "./tight.ts";

const UNLIMITED = Number.POSITIVE_INFINITY;

/** A run of one dispatch policy. */
export interface World {
  readonly system: SystemSpec;
  readonly workload: Workload;
  readonly dispatch: string;
  readonly replication: string;
  readonly from: number;
  readonly horizon: number;
  readonly seed: number;
}

/** Replication policies that place once and for all, and others. */
const SETTLED = ["everything", "rendezvous"];
const REPLICATIONS = [...SETTLED, "new-releases", "popularity-ranked"];

const volunteers = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 3 }),
    uplink: fc.constantFrom(5, 20, 100),
    shared: fc.constantFrom(15, UNLIMITED),
    deliveryRate: fc.constantFrom(8, UNLIMITED, UNLIMITED),
    transferRate: fc.constantFrom(7, UNLIMITED, UNLIMITED),
    coverage: fc.constantFrom(0.5, 1),
    caches: fc.boolean(),
    conduct: fc.constantFrom(
      HONEST,
      HONEST,
      { ...HONEST, corrupts: 0.5 },
      { ...HONEST, truncates: 0.3, offers: 1000 },
      { ...HONEST, stale: true },
    ),
    sessions: fc.constantFrom(null, null, comesAndGoes(300, 100)),
  }),
  { maxLength: 3 },
);

const customers = fc.record({
  parallel: fc.integer({ min: 1, max: 4 }),
  patience: fc.constantFrom(40, 10_000),
  keepAlive: fc.boolean(),
  rtt: fc.constantFrom(0, 1),
  uploads: fc.constantFrom(null, null, { uplink: 9, slots: 2, stays: 200, price: 0 }),
  classes: fc.constantFrom(
    [{ share: 1, ...TINY_CUSTOMER }],
    [
      { ...TINY_CUSTOMER, share: 0.5, downlink: 4 },
      { ...TINY_CUSTOMER, share: 0.5, downlink: 1000 },
    ],
  ),
});

const synchronisation = fc.record({
  every: fc.constantFrom(200, 400),
  spread: fc.constantFrom(0, 150),
  first: fc.constantFrom(10, 600),
  walk: fc.constantFrom(0, 5, 60),
  list: fc.constantFrom(0, 0, 500),
  method: fc.constantFrom("whole" as const, "whole" as const, "rsync" as const, "swarm" as const),
});

const systems: fc.Arbitrary<SystemSpec> = fc
  .record({
    uplink: fc.constantFrom(10, 40),
    failures: fc.constantFrom(null, null, comesAndGoes(300, 50)),
    causes: fc.constantFrom(
      FLUID,
      { ...FLUID, wireEfficiency: false },
      { ...FLUID, connection: true },
      { ...ALL_CAUSES, burst: false },
    ),
    ...{ volunteers, customers, synchronisation },
  })
  .map(({ uplink, failures, causes, ...others }) =>
    tinySystem({
      server: { ...TINY_SERVER, uplink, failures },
      transport: { causes, queue: 1000, burst: 1000 },
      ...others,
    }),
  );

/** Visits whose files are asked for at one time, and of a few customers those that come one by one. */
const workloads: fc.Arbitrary<Workload> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 2, maxLength: 5 }),
    released: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
    changes: fc.constantFrom<[number, number][]>([], [[350, 0]]),
    visits: fc.array(
      fc.record({
        at: fc.oneof(fc.nat(1200), fc.integer({ min: 300, max: 360 })),
        files: fc.array(fc.nat(1), { minLength: 1, maxLength: 6 }),
        customer: fc.oneof(fc.constant(null), fc.constant(null), fc.nat(2)),
      }),
      { minLength: 1, maxLength: 25 },
    ),
  })
  .map(({ sizes, released, changes, visits }) => {
    const asks = visits.flatMap(({ at, files, customer }, visit) =>
      files.map((file): Ask => [at, customer ?? visit + 3, file]),
    );
    const sorted = asks.toSorted(([a], [b]) => a - b);
    const releases = released === undefined ? {} : { released: { 1: released } };
    return tinyWorkload(sizes, sorted, { ...releases, changes });
  });

/** Worlds with whatever may befall a run. */
export const worlds: fc.Arbitrary<World> = fc.record({
  ...{ system: systems, workload: workloads },
  dispatch: fc.constantFrom(...policies.dispatch.map(({ name }) => name)),
  replication: fc.constantFrom(...REPLICATIONS),
  from: fc.constantFrom(0, 300),
  horizon: fc.constantFrom(20, 100, 1000, 5000),
  seed: fc.nat(1000),
});

/** Dispatch policies that send those who come together each to another volunteer. */
const SPREADING = ["round-robin", "join-idle-queue", "tracker-informed"];

/**
 * Worlds in which as many files are asked for at once as there are volunteers, soon after they have
 * them: a policy that spreads them well does as well as anybody could.
 */
export const fullHouses: fc.Arbitrary<World> = fc
  .record({
    visits: fc.integer({ min: 1, max: 4 }),
    files: fc.integer({ min: 1, max: 3 }),
    size: fc.integer({ min: 50, max: 600 }),
    uplink: fc.constantFrom(5, 20),
    isNew: fc.boolean(),
    spread: fc.constantFrom(0, 20),
    walk: fc.constantFrom(0, 30),
    dispatch: fc.constantFrom(...SPREADING),
    replication: fc.constantFrom("everything", "new-releases"),
    seed: fc.nat(1000),
  })
  .map(({ visits, files, size, uplink, isNew, spread, walk, dispatch, replication, seed }) => {
    const released = Object.fromEntries(Array.from({ length: files }, (_, i) => [i + 1, 400]));
    const ready = 500 + spread + walk;
    const asks = Array.from(
      { length: visits * files },
      (_, i): Ask => [ready + 5, Math.floor(i / files), (i % files) + 1],
    );
    const workload = tinyWorkload(new Array<number>(files + 1).fill(size), asks, {
      ...(isNew ? { released } : {}),
    });
    const system = tinySystem({
      server: { ...TINY_SERVER, uplink: 1e6 },
      volunteers: [{ count: visits * files, uplink, downlink: 1e6 }],
      customers: { parallel: files, classes: [{ ...TINY_CUSTOMER, share: 1, downlink: 1000 }] },
      synchronisation: { spread, walk },
      tracker: { interval: 1, timeout: 10 },
    });
    return { system, workload, dispatch, replication, from: 0, horizon: 1000, seed };
  });

/** The metrics of a run of the world. */
export function metricsOf(world: World) {
  const { system, workload, dispatch, replication, from, horizon, seed } = world;
  let recorder: Recorder | undefined;
  const run = tinyRun({
    ...{ system, workload, policies: namedPolicies(dispatch, replication) },
    ...{ streams: streams(seed), measureFrom: from },
  });
  simulate(run, (running) => {
    recorder = new Recorder(running, system, workload, { from, horizon, bin: 100 });
    return recorder;
  });
  if (recorder === undefined) throw new Error("the run was not watched");
  return recorder.finish().metrics;
}

/** Both bounds on the world's visits under any policy of that share of the server's. */
export async function boundsOf(world: World, serverShare: number | null, fineness: Fineness) {
  const { system, workload, replication, from, horizon, seed } = world;
  const demand = demandOf({
    ...{ workload, system, from, horizon, serverShare },
    lines: drawLines(system.customers, workload.customers, streams(seed)("downlinks")),
    byTimetable: SETTLED.includes(replication) && system.changes === undefined,
  });
  const tight = await tightBound(demand, workload, fineness);
  return { alone: aloneBound(demand, workload), tight };
}
