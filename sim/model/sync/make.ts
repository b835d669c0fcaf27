import type { Coordination } from "../coordination.ts";
import type { Observer } from "../events.ts";
import type { Run, World } from "../simulation.ts";
import { Synchronisation } from "../synchronisation.ts";
import { ExactSwarms } from "./exact-swarms.ts";
import { Fetches } from "./fetches.ts";
import { methodsOf } from "./method.ts";
import { Openings } from "./opening.ts";
import { Planner } from "./planner.ts";
import { Pulls } from "./pulls.ts";
import { SyncSchedule } from "./schedule.ts";
import type { SyncStreams } from "./streams.ts";

/** Puts the synchronisation of a run together, whose bytes go over `streams`. */
export function makeSynchronisation(
  { system, workload, policies, streams: random }: Run,
  { engine, network, topology, server, volunteers, meters }: World,
  coordination: Coordination,
  streams: SyncStreams,
  observer: Observer,
): Synchronisation {
  const spec = system.synchronisation;
  const { catalogue } = workload;
  const pulls = new Pulls(catalogue, volunteers.count);
  const timetable = policies.sync === null ? spec : null;
  const schedule = new SyncSchedule(engine, coordination, timetable, pulls, {
    lookAt: (volunteer) => {
      // Asked for each file that is released, at each volunteer: no object is spread.
      const { pendingFiles, pendingBytes, releasedAt } = pulls.lookAt(volunteer);
      const [capacity, delivering] = [meters.uplink(volunteer), meters.sending(volunteer)];
      return { pendingFiles, pendingBytes, releasedAt, capacity, delivering };
    },
    limit: (volunteer, rate) => topology.limitSynchronisation(volunteer, rate),
  });
  const methods = methodsOf(spec, catalogue, volunteers, meters, pulls);
  const planner = new Planner(
    methods,
    catalogue,
    spec.batch,
    policies.chunkSize,
    random("chunk size"),
  );
  const { files } = catalogue;
  const openings = new Openings(engine, streams, volunteers, planner, pulls, files, spec);
  const common = {
    engine,
    network,
    queue: system.transport.queue,
    policies: policies.swarm,
    stream: random,
    weight: spec.weight,
    priority: spec.yields ? 1 : 0,
  };
  const swarms = new ExactSwarms(common, spec.rtt, topology, volunteers, streams);
  const fetches = new Fetches(catalogue, pulls, planner, streams, swarms);
  const parts = { pulls, schedule, openings, fetches, swarms };
  return new Synchronisation(engine, server, volunteers, parts, observer);
}
