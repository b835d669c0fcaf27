/** Small systems with round numbers, and an observer that writes down what it is told. */
import { bindDispatch } from "../coordinator/index.ts";
import { streams } from "../engine/random.ts";
import { FLUID } from "../network/http/causes.ts";
import { bind, policies, policyNamed } from "../policies/index.ts";
import { withVisits } from "../workload/visits.ts";
import type { Catalogue, EarlierVersion, Workload } from "../workload/workload.ts";
import type { Successor } from "./changes.ts";
import { type Observer, SERVER_NODE } from "./events.ts";
import type { OnOffSpec } from "./on-off.ts";
import type { Run, RunPolicies, World } from "./simulation.ts";
import { HONEST, type SystemChange, type SystemSpec, type VolunteerClass } from "./system.ts";

export const NO_BACKGROUND = { uplink: null, downlink: null };

export const TINY_SERVER = {
  uplink: 10,
  redirectors: 1,
  price: 0,
  site: null,
  failures: null,
  background: NO_BACKGROUND,
};

/** Exponential times up and down with these means. */
export function comesAndGoes(up: number, down: number): OnOffSpec {
  return {
    up: { kind: "exponential", mean: up },
    down: { kind: "exponential", mean: down },
    diurnal: 0,
  };
}

export const TINY_CUSTOMER = { downlink: 20, site: null, receiveWindow: Number.POSITIVE_INFINITY };

/** Links of 10 and 20 bytes/s, no start-up costs, announces every 100 s. */
export function tinySystem(
  changes: Partial<Omit<SystemSpec, "customers" | "volunteers" | "tracker" | "synchronisation">> & {
    readonly tracker?: Partial<SystemSpec["tracker"]>;
    readonly synchronisation?: Partial<SystemSpec["synchronisation"]>;
    readonly customers?: Partial<SystemSpec["customers"]>;
    readonly volunteers?: readonly Partial<VolunteerClass>[];
  } = {},
): SystemSpec {
  const { customers, volunteers, tracker, synchronisation, ...others } = changes;
  return {
    server: TINY_SERVER,
    sites: { classes: [], backbone: Number.POSITIVE_INFINITY },
    placement: { every: 3600 },
    transport: { causes: { ...FLUID, wireEfficiency: false }, queue: 1000, burst: 1000 },
    ...others,
    tracker: {
      interval: 100,
      timeout: 150,
      together: false,
      lost: 0,
      completed: false,
      probe: Number.POSITIVE_INFINITY,
      reports: "totals",
      inFlight: "by-request",
      ...tracker,
    },
    synchronisation: {
      every: 1000,
      spread: 0,
      first: 500,
      walk: 0,
      list: 0,
      manifest: "full",
      yields: false,
      batch: 0,
      superSeeding: false,
      rate: Number.POSITIVE_INFINITY,
      weight: 1,
      method: "whole",
      fuzzy: false,
      rtt: 0,
      ...synchronisation,
    },
    customers: {
      classes: [{ share: 1, ...TINY_CUSTOMER }],
      keepAlive: false,
      uploads: null,
      rtt: 0,
      parallel: 1,
      timeout: 30,
      patience: 10_000,
      attempts: 3,
      ...customers,
    },
    volunteers: (volunteers ?? [{}]).map((volunteer, i) => ({
      name: `class ${i}`,
      count: 1,
      uplink: 20,
      downlink: 20,
      shared: Number.POSITIVE_INFINITY,
      site: null,
      deliveryRate: Number.POSITIVE_INFINITY,
      transferRate: Number.POSITIVE_INFINITY,
      disk: Number.POSITIVE_INFINITY,
      caches: false,
      price: 0,
      weight: 100,
      background: NO_BACKGROUND,
      coverage: 1,
      conduct: HONEST,
      sessions: null,
      ...volunteer,
    })),
  };
}

/** Versions and equal contents, for `tinyWorkload`. */
export interface TinyVersions {
  /** Content of each file that has another's: its file's number. */
  readonly twins?: Readonly<Record<number, number>>;
  readonly earlier?: Readonly<Record<number, EarlierVersion>>;
}

/** A request: when, by which customer, for which file. */
export type Ask = readonly [time: number, customer: number, file: number];

/** A file gets other bytes under the same name: when, and which. */
export type Change = readonly [time: number, file: number];

/**
 * Files of the given sizes; `released` says when those appear that were not there before, and
 * `changes`, in order of time, when some get other bytes.
 */
export function tinyWorkload(
  sizes: readonly number[],
  asks: readonly Ask[],
  {
    released = {},
    window = 2000,
    twins = {},
    earlier = {},
    changes = [],
  }: {
    released?: Readonly<Record<number, number>>;
    window?: number;
    changes?: readonly Change[];
  } & TinyVersions = {},
): Workload {
  const catalogue: Catalogue = {
    files: sizes.length,
    size: Float64Array.from(sizes),
    digest: Uint32Array.from(sizes, (_, file) => twins[file] ?? file),
    release: Float64Array.from(sizes, (_, file) => released[file] ?? Number.NEGATIVE_INFINITY),
    path: (file) => `file-${file}`,
    earlier: (file) => earlier[file] ?? null,
  };
  const customers = Math.max(0, ...asks.map(([, customer]) => customer)) + 1;
  return {
    catalogue,
    changes: {
      count: changes.length,
      time: Float64Array.from(changes, ([time]) => time),
      file: Uint32Array.from(changes, ([, file]) => file),
    },
    trace: withVisits(
      {
        requests: asks.length,
        time: Float64Array.from(asks, ([time]) => time),
        customer: Uint32Array.from(asks, ([, customer]) => customer),
        file: Uint32Array.from(asks, ([, , file]) => file),
        bytes: Float64Array.from(asks, ([, , file]) => sizes[file]),
      },
      customers,
    ),
    customers,
    window,
    notes: [],
  };
}

export function namedPolicies(dispatch: string, replication = "everything"): RunPolicies {
  return {
    dispatch: () => bind(policyNamed(policies.dispatch, dispatch)),
    replication: bind(policyNamed(policies.replication, replication)),
    trust: null,
    sync: null,
    swarm: {},
    eviction: bind(policyNamed(policies.eviction, "nothing")),
    chunkSize: bind(policyNamed(policies.chunkSize, "fixed"), { chunkSize: 10 }),
  };
}

export function tinyRun(run: Partial<Run> & Pick<Run, "system" | "workload">): Run {
  return { policies: namedPolicies("random"), streams: streams(1), sampleEvery: 100, ...run };
}

/** Writes a line for each event: what, who and when, in the order of events. */
export function logging(log: string[]): (world: World) => Observer {
  return ({ engine }) => {
    const name = (node: number) => (node === SERVER_NODE ? "server" : `volunteer ${node}`);
    const say = (line: string) => log.push(`${round(engine.now)} ${line}`);
    return {
      dispatched: (request, node) => say(`request ${request} to ${name(node)}`),
      attempted: (request, node, end, sent) =>
        say(`request ${request} ${end} by ${name(node)} after ${round(sent)} B`),
      ended: (request, asked, end) => say(`request ${request} asked at ${round(asked)} ${end}`),
      synchronised: (volunteer, seconds, files) =>
        say(`volunteer ${volunteer} synchronised ${files} files in ${round(seconds)} s`),
      pulled: (volunteer, bytes) => say(`volunteer ${volunteer} pulled ${round(bytes)} B`),
      exchanged: (volunteer, from, bytes) =>
        say(`volunteer ${volunteer} took ${round(bytes)} B from volunteer ${from}`),
      returned: (volunteer, bytes) => say(`volunteer ${volunteer} returned ${round(bytes)} B`),
      audited: (volunteer, bytes, passed) =>
        say(`volunteer ${volunteer} ${passed ? "passed" : "failed"} an audit of ${round(bytes)} B`),
    };
  };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** What a change makes otherwise; of each class by its place among the classes. */
export interface Other {
  readonly at: number;
  readonly server?: number;
  readonly volunteers?: readonly Partial<VolunteerClass>[];
  readonly interval?: number;
  readonly every?: number;
  readonly rate?: number;
}

/** The system with those changes, each on top of the one before. */
export function changing(system: SystemSpec, others: readonly Other[]): SystemSpec {
  let { server, volunteers, tracker, synchronisation } = system;
  const changes = others.map(
    ({ at, server: uplink, volunteers: classes, interval, every, rate }) => {
      server = { ...server, uplink: uplink ?? server.uplink };
      volunteers = volunteers.map((spec, i) => ({ ...spec, ...classes?.[i] }));
      tracker = { ...tracker, interval: interval ?? tracker.interval };
      synchronisation = {
        ...synchronisation,
        every: every ?? synchronisation.every,
        rate: rate ?? synchronisation.rate,
      };
      return { at, server, volunteers, tracker, synchronisation } satisfies SystemChange;
    },
  );
  return { ...system, changes };
}

const ORIGIN_ONLY = { name: "origin-only", params: {} };

/** A policy that takes over: the server delivers all. */
export function successor(): Successor {
  return { chosen: ORIGIN_ONLY, bound: () => bindDispatch(ORIGIN_ONLY) };
}

/** Hears nothing. */
export const DEAF = { registered() {}, noted() {}, told() {}, drew() {}, fired() {} };
