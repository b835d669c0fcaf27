import type { CoordinatorPolicies, Event } from "../coordinator/index.ts";
import { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import type { Tap } from "../engine/tap.ts";
import { Http } from "../network/http/http.ts";
import { Network } from "../network/network.ts";
import type { Bound, ChunkSize, ChunkSizeView, Eviction, EvictionView } from "../policies/index.ts";
import type { Workload } from "../workload/workload.ts";
import { Announces, AnnounceTimes, lostBy } from "./announces.ts";
import { Audits } from "./audits.ts";
import { playBackground } from "./background.ts";
import { type Successor, scheduleChanges } from "./changes.ts";
import { Coordination } from "./coordination.ts";
import { Customers } from "./customers.ts";
import { Delivery } from "./delivery.ts";
import { Disks } from "./disks.ts";
import { Downloads } from "./downloads.ts";
import type { Observer } from "./events.ts";
import { Meters } from "./meters.ts";
import { Mirrors } from "./mirrors.ts";
import { Offers } from "./offers.ts";
import { Peers } from "./peers.ts";
import { answerProbes } from "./probes.ts";
import { PullThrough } from "./pull-through.ts";
import { redirectorParts, watched } from "./redirectors.ts";
import { Redirects } from "./redirects.ts";
import { deliveriesToldBy, Reports } from "./reports.ts";
import { Repository } from "./repository.ts";
import { RepositoryServer } from "./server.ts";
import { Sources } from "./sources.ts";
import type { SwarmPolicies } from "./swarm/spec.ts";
import { makeSynchronisation } from "./sync/make.ts";
import { SyncStreams } from "./sync/streams.ts";
import type { SystemSpec } from "./system.ts";
import { Topology } from "./topology.ts";
import { TrueLoads } from "./true-loads.ts";
import { Volunteers } from "./volunteers.ts";

/** The policies of a run, bound to their params. They remember: bind them anew for each run. */
export interface RunPolicies extends Omit<CoordinatorPolicies, "dispatch"> {
  /** One for each redirector. */
  readonly dispatch: () => CoordinatorPolicies["dispatch"];
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
  /** By change of the system: what dispatch policy takes over then, or null; absent where none does. */
  readonly successors?: readonly (Successor | null)[];
  /** Seconds between two samples of the links. */
  readonly sampleEvery: number;
  /** Seconds from the start of the window at which the measured time begins; 0 if absent. */
  readonly measureFrom?: number;
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
  readonly server: RepositoryServer;
  readonly volunteers: Volunteers;
  readonly meters: Meters;
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
  const { catalogue, trace } = workload;
  const maxEvents = EVENTS_BESIDE_REQUESTS + EVENTS_PER_REQUEST * trace.requests;
  const engine = new Engine({ maxEvents, tap: run.tap });
  const network = new Network(engine);
  const { causes, burst } = system.transport;
  const http = new Http(engine, network, causes, streams("losses"));
  const customers = new Customers(system.customers, workload, streams("downlinks"));
  const topology = new Topology(network, system, customers.lines, policies.sync !== null);
  if (causes.burst) {
    for (let link = 0; link < network.linkCount; link++) http.buckets.add(link, burst);
  }
  const playBackgroundOf = playBackground(system, topology, engine, network);
  const server = new RepositoryServer(engine, system.server, streams);
  const where = { sites: topology.sites.all, siteOf: topology.volunteers.map(({ site }) => site) };
  const volunteers = new Volunteers(engine, system, where, catalogue.files, streams);
  const meters = new Meters(network, topology);
  const world: World = { engine, network, http, topology, server, volunteers, meters };
  const observer = watch(world);

  const truth = system.tracker.inFlight === "truth" ? new TrueLoads(http, network, topology) : null;
  const { first, others } = redirectorParts(run, truth, observer);
  const coordination = new Coordination(engine, server, first, others);
  const syncStreams = new SyncStreams(network, topology, system.synchronisation, causes, observer);
  const synchronisation = makeSynchronisation(run, world, coordination, syncStreams, observer);
  const { pulls } = synchronisation;
  const disks = new Disks(engine, catalogue, volunteers, policies.eviction);
  const repository = new Repository(engine, workload, coordination);
  new Mirrors(repository, coordination, volunteers, disks, synchronisation);
  pulls.whenFetched((volunteer, file, isKept) => {
    if (isKept) observer.fetched?.(volunteer, file, repository.publishedAt(file));
  });

  const { uploads } = system.customers;
  const peers = uploads === null ? null : new Peers(engine, uploads, streams("peers"));
  const caches = new PullThrough(syncStreams, server, volunteers, catalogue);
  const sources = new Sources(server, volunteers, disks, peers, caches);
  const redirects = new Redirects(server, coordination, sources, topology, trace);
  const downloads = new Downloads(engine, http, topology, customers, sources);
  truth?.watch(downloads);
  const delivery = new Delivery(engine, customers, redirects, downloads, observer);

  const { lost, reports: rule } = system.tracker;
  const deliveriesTold = deliveriesToldBy(rule, engine, volunteers, sources, trace);
  const reports = new Reports(volunteers, meters, disks, pulls, deliveriesTold);
  const isLost = lostBy(lost, volunteers);
  const offers = new Offers(coordination, volunteers, topology, catalogue);
  const announces = new Announces(server, coordination, disks, reports, offers, isLost);
  if (system.tracker.completed) {
    synchronisation.whenCame((volunteer) => announces.announce(volunteer, false));
  }
  new Audits(coordination, network, topology, volunteers, catalogue, observer);
  answerProbes(coordination, volunteers, topology, meters);

  offers.introduce();
  server.start();
  volunteers.start();
  repository.start();
  const announceTimes = new AnnounceTimes(announces, engine, volunteers, system.tracker);
  announceTimes.start();
  scheduleMeasuring();
  scheduleSamples();
  synchronisation.start();
  delivery.start();
  const changing = {
    server,
    topology,
    volunteers,
    coordination,
    offers,
    announceTimes,
    synchronisation,
  };
  scheduleChanges(run, engine, {
    ...changing,
    playBackgroundOf,
    watched: (policy) => watched(policy, observer),
  });

  engine.run(workload.window);
  while (delivery.open > 0) engine.run(engine.now + run.sampleEvery);
  return {
    fingerprint: engine.fingerprint.toString(),
    events: engine.fired,
    endedAt: engine.now,
  };

  function scheduleMeasuring(): void {
    const begin = engine.kind("measure", () => observer.measuring?.());
    engine.at(run.measureFrom ?? 0, begin, 0);
  }

  function scheduleSamples(): void {
    const sample = engine.kind("sample", () => {
      observer.sampled?.(engine.now);
      engine.after(run.sampleEvery, sample, 0);
    });
    engine.at(0, sample, 0);
  }
}
