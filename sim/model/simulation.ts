import { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import type { Tap } from "../engine/tap.ts";
import { Background } from "../network/background.ts";
import { Http } from "../network/http/http.ts";
import { Network } from "../network/network.ts";
import type {
  Bound,
  ChunkSize,
  ChunkSizeView,
  Dispatch,
  DispatchEvent,
  DispatchView,
  Eviction,
  EvictionView,
  Replication,
  ReplicationView,
} from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import { Announces } from "./announces.ts";
import { playBackground } from "./background.ts";
import { Delivery } from "./delivery.ts";
import { RecentDemand } from "./demand.ts";
import { Disks } from "./disks.ts";
import type { Observer } from "./events.ts";
import { Placement } from "./placement.ts";
import { scheduleProbes } from "./probes.ts";
import { type BindTrust, Reputation } from "./reputation.ts";
import { RepositoryServer } from "./server.ts";
import type { SwarmPolicies } from "./swarm/spec.ts";
import type { BindSync } from "./sync/schedule.ts";
import { SyncStreams } from "./sync/streams.ts";
import { Synchronisation } from "./synchronisation.ts";
import type { CustomersSpec, SystemSpec } from "./system.ts";
import { type CustomerLine, Topology } from "./topology.ts";
import { Tracker } from "./tracker.ts";
import type { Offer } from "./volunteer-state.ts";
import { Volunteers } from "./volunteers.ts";

/** The policies of a run, bound to their params. They remember: bind them anew for each run. */
export interface RunPolicies {
  readonly dispatch: Bound<DispatchView, Dispatch, DispatchEvent>;
  readonly replication: Bound<ReplicationView, Replication, never>;
  readonly eviction: Bound<EvictionView, Eviction, never>;
  readonly chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
  /** When volunteers synchronise; null for the system's own timetable. */
  readonly sync: BindSync;
  /** Who may serve; null for everybody. */
  readonly trust: BindTrust;
  /** Rules of exact swarms; each absent one is the clients' own. */
  readonly swarm: SwarmPolicies;
}

export interface Run {
  readonly system: SystemSpec;
  readonly workload: Workload;
  readonly policies: RunPolicies;
  /** Named sources of chance; equal names give equal draws, whatever the policies do. */
  readonly streams: (name: string) => Stream;
  /** Seconds between two samples of the links. */
  readonly sampleEvery: number;
  /** Hears every event and decision, if there. */
  readonly tap?: Tap | undefined;
}

/** The parts of a running simulation that a watcher may read. */
export interface World {
  readonly engine: Engine;
  readonly network: Network;
  readonly http: Http;
  readonly topology: Topology;
  readonly volunteers: Volunteers;
}

export interface Ending {
  /** Hash over all events and decisions of the run, in order. */
  readonly fingerprint: string;
  readonly events: number;
  /** Seconds at which the last request had ended; at least the window. */
  readonly endedAt: number;
}

/** Events a run may have: far above what any request, announce or sample needs. */
const EVENTS_PER_REQUEST = 200;
const EVENTS_BESIDE_REQUESTS = 100_000_000;

/** Replays a workload against a system under policies, telling `watch`'s observer what happens. */
export function simulate(run: Run, watch: (world: World) => Observer): Ending {
  const { system, workload, policies, streams } = run;
  const { catalogue } = workload;
  const maxEvents = EVENTS_BESIDE_REQUESTS + EVENTS_PER_REQUEST * workload.trace.requests;
  const engine = new Engine({ maxEvents, tap: run.tap });
  const network = new Network(engine);
  const { causes, burst } = system.transport;
  const http = new Http(engine, network, causes, streams("losses"));
  const lines = drawLines(system.customers, workload.customers, streams("downlinks"));
  const topology = new Topology(network, system, lines, policies.sync !== null);
  if (causes.burst) {
    for (let link = 0; link < network.linkCount; link++) http.buckets.add(link, burst);
  }
  playBackground(system, topology, new Background(engine, network));
  const server = new RepositoryServer(engine, system.server, streams);
  const where = { sites: topology.sites.all, siteOf: topology.volunteers.map(({ site }) => site) };
  const volunteers = new Volunteers(engine, system, where, catalogue.files, streams);
  const observer = watch({ engine, network, http, topology, volunteers });
  const tracker = new Tracker(system.tracker, offers(volunteers, topology), {
    files: catalogue.files,
    customers: workload.customers,
  });
  const disks = new Disks(catalogue, volunteers, policies.eviction, streams("eviction"));
  const shared = { engine, network, http, topology, server, volunteers, disks, tracker, observer };
  const reputation = new Reputation(policies.trust, {
    ...shared,
    catalogue,
    random: streams("trust"),
  });
  volunteers.whenLeaving((volunteer) => reputation.breakOff(volunteer));
  const spec = system.synchronisation;
  const syncStreams = new SyncStreams({ ...shared, spec, transport: system.transport });
  const synchronisation = new Synchronisation({
    ...shared,
    catalogue,
    spec,
    transport: system.transport,
    chunkSize: policies.chunkSize,
    sync: policies.sync,
    swarm: policies.swarm,
    random: streams("chunk size"),
    streams,
    syncStreams,
  });
  const demand = new RecentDemand(catalogue.files);
  const placement = new Placement({
    ...shared,
    catalogue,
    demand,
    synchronisation,
    policy: policies.replication,
    streams,
    every: system.placement.every,
  });
  const delivery = new Delivery({
    ...shared,
    reputation,
    demand,
    system,
    workload,
    lines,
    dispatch: policies.dispatch,
    random: streams("dispatch"),
    streams,
    syncStreams,
  });
  const announces = new Announces({ ...shared, synchronisation, spec: system.tracker, streams });

  server.start();
  volunteers.start();
  placement.start();
  announces.start();
  scheduleProbes({ ...shared, spec: system.tracker });
  scheduleSamples();
  synchronisation.start();
  delivery.start();

  engine.run(workload.window);
  while (delivery.open > 0) engine.run(engine.now + run.sampleEvery);
  return {
    fingerprint: engine.fingerprint.toString(),
    events: engine.fired,
    endedAt: engine.now,
  };

  function scheduleSamples(): void {
    const sample = engine.kind("sample", () => {
      observer.sampled(engine.now);
      engine.after(run.sampleEvery, sample, 0);
    });
    engine.at(0, sample, 0);
  }
}

/** What each volunteer has told the server of itself, and where its address is. */
function offers(volunteers: Volunteers, topology: Topology): Offer[] {
  return topology.volunteers.map(({ uplink, deliveries, site }, volunteer) => {
    const able = topology.idleRate(deliveries === null ? [uplink] : [uplink, deliveries]);
    const { conduct, caches } = volunteers.classes[volunteer];
    return { uplink: conduct.offers ?? able, where: site?.facts ?? {}, caches };
  });
}

/** The line of each customer, drawn by the shares of the classes. */
function drawLines({ classes }: CustomersSpec, customers: number, random: Stream): CustomerLine[] {
  return Array.from({ length: customers }, () => {
    let left = random();
    for (const line of classes) {
      left -= line.share;
      if (left < 0) return line;
    }
    return classes[classes.length - 1];
  });
}
