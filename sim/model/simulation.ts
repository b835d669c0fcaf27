import type { CoordinatorPolicies, CoordinatorSettings, Event } from "../coordinator/index.ts";
import { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import type { Tap } from "../engine/tap.ts";
import { Background } from "../network/background.ts";
import { Http } from "../network/http/http.ts";
import { Network } from "../network/network.ts";
import type { Bound, ChunkSize, ChunkSizeView, Eviction, EvictionView } from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import { Announces } from "./announces.ts";
import { Audits } from "./audits.ts";
import { playBackground } from "./background.ts";
import { Coordination } from "./coordination.ts";
import { Delivery } from "./delivery.ts";
import { Disks } from "./disks.ts";
import type { Observer } from "./events.ts";
import { introduce } from "./offers.ts";
import { answerProbes } from "./probes.ts";
import { Receipts } from "./receipts.ts";
import { Repository } from "./repository.ts";
import { RepositoryServer } from "./server.ts";
import { Sources } from "./sources.ts";
import type { SwarmPolicies } from "./swarm/spec.ts";
import { SyncStreams } from "./sync/streams.ts";
import { Synchronisation } from "./synchronisation.ts";
import type { CustomersSpec, SystemSpec } from "./system.ts";
import { type CustomerLine, Topology } from "./topology.ts";
import { Volunteers } from "./volunteers.ts";

/** The policies of a run, bound to their params. They remember: bind them anew for each run. */
export interface RunPolicies extends CoordinatorPolicies {
  readonly eviction: Bound<EvictionView, Eviction, never>;
  readonly chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
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
  /** Hears everything that the server is told, if there: a journal. */
  readonly onEvent?: ((event: Event) => void) | undefined;
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
  const disks = new Disks(catalogue, volunteers, policies.eviction, streams("eviction"));
  const coordination = new Coordination(engine, server, {
    settings: coordinatorSettings(system),
    policies: { ...policies, dispatch: watched(policies.dispatch, observer) },
    chance: { stream: streams, fresh: streams, save: () => null, load() {} },
    pathOf: (file) => catalogue.path(file),
    onEvent: run.onEvent,
  });
  const shared = { engine, network, http, topology, server, volunteers, disks, observer };
  const told = { ...shared, coordination, catalogue, workload };
  const spec = system.synchronisation;
  const syncStreams = new SyncStreams({ ...shared, spec, transport: system.transport });
  const synchronisation = new Synchronisation({
    ...told,
    spec,
    transport: system.transport,
    chunkSize: policies.chunkSize,
    isTimetable: policies.sync === null,
    swarm: policies.swarm,
    random: streams("chunk size"),
    streams,
    syncStreams,
  });
  const sources = new Sources({ ...told, system, syncStreams, random: streams("peers") });
  const receipts = new Receipts(
    volunteers.count,
    (volunteer) => volunteers.classes[volunteer].conduct.reports,
  );
  const repository = new Repository({ ...told, synchronisation });
  const delivery = new Delivery({ ...told, system, lines, sources, receipts });
  const announces = new Announces({
    ...told,
    synchronisation,
    receipts,
    sending: (volunteer) => sources.sending(volunteer),
    spec: system.tracker,
    streams,
  });
  new Audits(told);
  answerProbes(told);

  introduce(told);
  server.start();
  volunteers.start();
  repository.start();
  announces.start();
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

/** What of the system the coordinator is told when it is made. */
export function coordinatorSettings({
  server,
  tracker,
  placement,
}: SystemSpec): CoordinatorSettings {
  return {
    uplink: server.uplink,
    timeout: tracker.timeout,
    inFlight: tracker.inFlight,
    probeEvery: tracker.probe,
    placeEvery: placement.every,
  };
}

/** The policy, which tells the observer what it sees, if that wants to know. */
function watched(dispatch: RunPolicies["dispatch"], observer: Observer): RunPolicies["dispatch"] {
  if (observer.considered === undefined) return dispatch;
  return {
    ...dispatch,
    get memory() {
      return dispatch.memory;
    },
    decide(view, random) {
      observer.considered?.(view);
      return dispatch.decide(view, random);
    },
  };
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
