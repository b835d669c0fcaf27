import { Engine } from "../engine/engine.ts";
import type { Stream } from "../engine/random.ts";
import { Background } from "../network/background.ts";
import { Http } from "../network/http.ts";
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
import { playBackground } from "./background.ts";
import { Delivery } from "./delivery.ts";
import { Disks } from "./disks.ts";
import type { Observer } from "./events.ts";
import { Placement, releases } from "./placement.ts";
import { Synchronisation } from "./synchronisation.ts";
import type { CustomersSpec, SystemSpec } from "./system.ts";
import { type CustomerLine, Topology } from "./topology.ts";
import { Tracker } from "./tracker.ts";
import { Volunteers } from "./volunteers.ts";

/** The policies of a run, bound to their params. They remember: bind them anew for each run. */
export interface RunPolicies {
  readonly dispatch: Bound<DispatchView, Dispatch, DispatchEvent>;
  readonly replication: Bound<ReplicationView, Replication, never>;
  readonly eviction: Bound<EvictionView, Eviction, never>;
  readonly chunkSize: Bound<ChunkSizeView, ChunkSize, never>;
}

export interface Run {
  readonly system: SystemSpec;
  readonly workload: Workload;
  readonly policies: RunPolicies;
  /** Named sources of chance; equal names give equal draws, whatever the policies do. */
  readonly streams: (name: string) => Stream;
  /** Seconds between two samples of the links. */
  readonly sampleEvery: number;
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
  const engine = new Engine({ maxEvents });
  const network = new Network(engine);
  const { causes, burst } = system.transport;
  const http = new Http(engine, network, causes, streams("losses"));
  const lines = drawLines(system.customers, workload.customers, streams("downlinks"));
  const topology = new Topology(network, system, lines);
  if (causes.burst) {
    for (let link = 0; link < network.linkCount; link++) http.buckets.add(link, burst);
  }
  playBackground(system, topology, new Background(engine, network));
  const volunteers = new Volunteers(engine, system, catalogue.files, streams);
  const observer = watch({ engine, network, http, topology, volunteers });
  const uplinks = topology.volunteers.map(({ uplink, deliveries }) =>
    topology.idleRate(deliveries === null ? [uplink] : [uplink, deliveries]),
  );
  const tracker = new Tracker(system.tracker, uplinks, {
    files: catalogue.files,
    customers: workload.customers,
  });
  const disks = new Disks(catalogue, volunteers, policies.eviction, streams("eviction"));
  const placement = new Placement(
    catalogue,
    volunteers,
    disks,
    policies.replication,
    streams("placement"),
  );
  const shared = { engine, network, http, topology, volunteers, disks, observer };
  const synchronisation = new Synchronisation({
    ...shared,
    catalogue,
    spec: system.synchronisation,
    transport: system.transport,
    chunkSize: policies.chunkSize,
    random: streams("chunk size"),
    streams,
  });
  const delivery = new Delivery({
    ...shared,
    tracker,
    system,
    workload,
    lines,
    dispatch: policies.dispatch,
    random: streams("dispatch"),
  });

  placeOldFiles();
  scheduleReleases();
  scheduleAnnounces();
  scheduleSamples();
  volunteers.start();
  synchronisation.start();
  delivery.start();

  engine.run(workload.window);
  while (delivery.open > 0) engine.run(engine.now + run.sampleEvery);
  return {
    fingerprint: engine.fingerprint.toString(),
    events: engine.fired,
    endedAt: engine.now,
  };

  function placeOldFiles(): void {
    for (let file = 0; file < catalogue.files; file++) {
      if (catalogue.release[file] !== Number.NEGATIVE_INFINITY) continue;
      placement.place(file, Number.POSITIVE_INFINITY, (volunteer) => {
        volunteers.holds.add(volunteer, file);
        disks.complete(volunteer, file, 0);
        tracker.believe(volunteer, file);
      });
    }
  }

  function scheduleReleases(): void {
    const groups = releases(catalogue);
    const publish = engine.kind("release.publish", (group) => {
      for (const file of groups[group].files) {
        placement.place(file, 0, (volunteer) => synchronisation.want(volunteer, file));
      }
    });
    for (const [group, { time }] of groups.entries()) engine.at(time, publish, group);
  }

  function scheduleAnnounces(): void {
    const { interval } = system.tracker;
    const phase = streams("announce phases");
    const announce = (volunteer: number, started: boolean) => {
      const { uplink, downlink } = topology.volunteers[volunteer];
      disks.evict(volunteer, engine.now);
      const totals = {
        uploaded: network.carried(uplink),
        downloaded: network.carried(downlink),
        left: synchronisation.left(volunteer),
        completed: synchronisation.takeCompleted(volunteer),
        dropped: disks.takeDropped(volunteer),
        started,
      };
      tracker.announce(volunteer, totals, engine.now);
    };
    const due = engine.kind("tracker.announce", (volunteer) => {
      if (volunteers.isOnline(volunteer)) announce(volunteer, false);
      engine.after(interval, due, volunteer);
    });
    volunteers.whenReturning((volunteer) => announce(volunteer, true));
    const first = engine.kind("tracker.first", (volunteer) => {
      if (volunteers.isOnline(volunteer)) announce(volunteer, true);
    });
    for (let volunteer = 0; volunteer < volunteers.count; volunteer++) {
      engine.at(0, first, volunteer);
      engine.at(interval * (1 - phase()), due, volunteer);
    }
  }

  function scheduleSamples(): void {
    const sample = engine.kind("sample", () => {
      observer.sampled(engine.now);
      engine.after(run.sampleEvery, sample, 0);
    });
    engine.at(0, sample, 0);
  }
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
