/** Random systems, measured from a random time on, against the rows of the whole run. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { streams } from "../../engine/random.ts";
import { METRICS } from "../../metrics/metric.ts";
import { Recorder } from "../../metrics/recorder.ts";
import { type Run, type RunPolicies, simulate } from "../../model/simulation.ts";
import { HONEST, SYNC_METHODS, type SystemSpec } from "../../model/system.ts";
import {
  comesAndGoes,
  namedPolicies,
  tinyRun,
  tinySystem,
  tinyWorkload,
} from "../../model/testing.ts";
import { ALL_CAUSES, FLUID } from "../../network/http/causes.ts";
import { bind, policies, policyNamed } from "../../policies/index.ts";
import { RowRecorder } from "../../rows/row-recorder.ts";
import { collecting } from "../../rows/testing.ts";
import { differences } from "./compare.ts";
import { NOT_RECOMPUTED, recompute } from "./recompute.ts";
import type { Facts, RequestRow, RowsOfRun, VisitRow } from "./rows-of-run.ts";

const DAY = 86_400;
const BIN = 100;
const RUSH = 600;

/** The rows of a whole run. */
function rowsOf(run: Run): RowsOfRun {
  const { rows, sinks } = collecting();
  let recorder: RowRecorder | undefined;
  simulate(run, (world) => {
    recorder = new RowRecorder(world, run.workload, sinks);
    return recorder;
  });
  recorder?.finish();
  return rows as unknown as RowsOfRun;
}

/** The metrics of a run that is measured from a time on. */
function metricsOf(run: Run, { from, horizon, bin }: Facts) {
  let recorder: Recorder | undefined;
  simulate({ ...run, measureFrom: from }, (world) => {
    recorder = new Recorder(world, run.system, run.workload, { from, horizon, bin });
    return recorder;
  });
  if (recorder === undefined) throw new Error("the simulation was not watched");
  return recorder.finish().metrics;
}

function factsOf(
  { server, customers, volunteers }: SystemSpec,
  measure: Pick<Facts, "from" | "horizon" | "bin">,
): Facts {
  return {
    ...measure,
    serverPrice: server.price,
    customerPrice: customers.uploads?.price ?? 0,
    volunteers: volunteers.flatMap(({ count, uplink, price }) =>
      Array.from({ length: count }, () => ({ uplink, price })),
    ),
  };
}

const rate = fc.constantFrom(5, 20, 100);
const limit = fc.constantFrom(15, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);

const systems: fc.Arbitrary<SystemSpec> = fc
  .record({
    server: fc.record({
      uplink: rate,
      price: fc.constantFrom(0, 3),
      failures: fc.constantFrom(null, null, comesAndGoes(400, 60)),
    }),
    site: fc.record({
      uplink: limit,
      rtt: fc.constantFrom(0, 0.5),
      failures: fc.constantFrom(null, comesAndGoes(500, 100)),
    }),
    volunteers: fc.array(
      fc.record({
        count: fc.integer({ min: 1, max: 3 }),
        uplink: rate,
        downlink: rate,
        shared: limit,
        price: fc.constantFrom(0, 1),
        site: fc.constantFrom(null, "campus"),
        coverage: fc.constantFrom(0, 0.5, 1, 1),
        caches: fc.boolean(),
        conduct: fc.constantFrom(
          HONEST,
          { ...HONEST, corrupts: 0.4, truncates: 0.3 },
          { ...HONEST, stale: true },
        ),
        sessions: fc.constantFrom(null, comesAndGoes(300, 100)),
      }),
      { maxLength: 3 },
    ),
    customers: fc.record({
      parallel: fc.integer({ min: 1, max: 3 }),
      patience: fc.constantFrom(40, 10_000),
      rtt: fc.constantFrom(0, 0.5),
      uploads: fc.constantFrom(null, { uplink: 10, slots: 2, stays: 200, price: 2 }),
    }),
    synchronisation: fc.record({
      every: fc.constantFrom(200, 400, 1500),
      spread: fc.constantFrom(0, 100),
      first: fc.constantFrom(0, 10),
      walk: fc.constantFrom(0, 5, 300),
      method: fc.constantFrom(...SYNC_METHODS),
    }),
    causes: fc.constantFrom({ ...FLUID, wireEfficiency: false }, ALL_CAUSES),
  })
  .map(({ server, site, volunteers, customers, synchronisation, causes }) => {
    const { background, ...tiny } = tinySystem().server;
    const where = { asNumber: 0, country: "", region: "", continent: "", position: null };
    const campus = { name: "campus", count: 2, ...site, downlink: site.uplink, where, background };
    return tinySystem({
      server: { ...tiny, background, ...server },
      sites: { classes: [campus], backbone: Number.POSITIVE_INFINITY },
      volunteers,
      customers,
      synchronisation,
      placement: { every: 200 },
      transport: { causes, queue: 1000, burst: 1000 },
    });
  });

interface Rules {
  readonly dispatch: string;
  readonly replication: string;
  readonly trust: string | null;
}

const PARAMS: Readonly<Record<string, Record<string, number>>> = {
  "sampled-audit": { share: 0.5, ban: 100 },
};

const rules: fc.Arbitrary<Rules> = fc.record({
  dispatch: fc.constantFrom(...policies.dispatch.map(({ name }) => name)),
  replication: fc.constantFrom(...policies.replication.map(({ name }) => name)),
  trust: fc.constantFrom(null, ...Object.keys(PARAMS)),
});

/** The policies by these names, fresh for each run. */
function boundBy({ dispatch, replication, trust }: Rules): RunPolicies {
  return {
    ...namedPolicies(dispatch, replication),
    trust: trust === null ? null : () => bind(policyNamed(policies.trust, trust), PARAMS[trust]),
  };
}

const worlds = fc.record({
  system: systems,
  chosen: rules,
  sizes: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 5 }),
  asks: fc.array(fc.tuple(fc.nat(1800), fc.nat(3), fc.nat(1)), { minLength: 20, maxLength: 80 }),
  released: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
  changed: fc.option(fc.integer({ min: 901, max: 1700 }), { nil: undefined }),
  from: fc.oneof(
    fc.constant(0),
    fc.nat(19).map((bins) => bins * BIN),
    fc.nat(1999),
  ),
  horizon: fc.constantFrom(30, 43_200),
  /** Over minutes, or over days with rushes between. */
  pace: fc.constantFrom(1, 100),
  seed: fc.nat(1000),
});

test("in random systems a run that is measured from a time on has the metrics of the rows since", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { chosen, sizes, pace, horizon, seed } = world;
      const { synchronisation } = world.system;
      const every = synchronisation.every * pace;
      const system = { ...world.system, synchronisation: { ...synchronisation, every } };
      const from = world.from * pace;
      const asks = world.asks
        .toSorted(([a], [b]) => a - b)
        .map(([time, customer, file]) => [slowed(time, pace), customer, file] as const);
      const workload = tinyWorkload(sizes, asks, {
        released: world.released === undefined ? {} : { 1: world.released * pace },
        changes: world.changed === undefined ? [] : [[world.changed * pace, 1]],
        window: 2000 * pace,
      });
      const run = () =>
        tinyRun({
          ...{ system, workload, policies: boundBy(chosen), streams: streams(seed) },
          sampleEvery: BIN * pace,
        });
      // Links are looked at at the start of bins, and where the measured time begins.
      const isOnBin = from % (BIN * pace) === 0;
      const rows = rowsOf(isOnBin ? run() : { ...run(), measureFrom: from });
      const facts = factsOf(system, { from, horizon, bin: BIN * pace });
      const told = metricsOf(run(), facts);
      assert.equal(differences(recompute(rows, facts), told), []);
      assert.equal(
        rows.visits.toSorted((a, b) => a.visit - b.visit),
        visitsOf(rows.requests),
      );
    }),
    { seed: 1, numRuns: 200 },
  );
});

/** The time in a window of so many times the length, in which rushes stay as they are. */
function slowed(time: number, pace: number): number {
  const inRush = time % RUSH;
  return (time - inRush) * pace + inRush;
}

/** What rows of visits have to say, by those of requests. */
function visitsOf(requests: readonly RequestRow[]) {
  const visits: VisitRow[] = [];
  for (const row of requests.toSorted((a, b) => a.request - b.request)) {
    const { visit, arrival_s } = row;
    const before = visits[visit] ?? {
      ...{ visit, customer: row.customer, site: row.site, arrival_s },
      ...{ end_s: 0, requests: 0, failed: 0, wanted_bytes: 0, got_bytes: 0 },
    };
    const isFailed = row.outcome === "failed";
    visits[visit] = {
      ...before,
      end_s: Math.max(before.end_s, row.end_s),
      requests: before.requests + 1,
      failed: before.failed + (isFailed ? 1 : 0),
      wanted_bytes: before.wanted_bytes + row.wanted_bytes,
      got_bytes: before.got_bytes + (isFailed ? 0 : row.wanted_bytes),
    };
  }
  return visits;
}

test("every metric is recomputed, or it is said why not", () => {
  const workload = tinyWorkload([100], [[0, 0, 0]], { window: 2 * DAY });
  const run = tinyRun({ system: tinySystem(), workload });
  const facts = factsOf(tinySystem(), { from: 0, horizon: 100, bin: BIN });
  const recomputed = Object.keys(recompute(rowsOf(run), facts));
  const names = [...recomputed, ...Object.keys(NOT_RECOMPUTED)].sort();
  assert.equal(names, METRICS.map(({ name }) => name).sort());
});

test.run();
