import type { Engine } from "../engine/engine.ts";
import { INITIAL_WINDOW } from "../network/http/slow-start.ts";
import type { Network } from "../network/network.ts";
import { SERVER_NODE } from "./events.ts";
import type { RepositoryServer } from "./server.ts";
import type { TrackerSpec } from "./system.ts";
import type { Topology } from "./topology.ts";
import type { Tracker } from "./tracker.ts";
import type { Volunteers } from "./volunteers.ts";

export interface ProbesWorld {
  readonly engine: Engine;
  readonly network: Network;
  readonly topology: Topology;
  readonly server: RepositoryServer;
  readonly volunteers: Volunteers;
  readonly tracker: Tracker;
  readonly spec: TrackerSpec;
}

/**
 * The server asks each volunteer at intervals for ten segments and takes the time, as redirectors
 * check the health of their mirrors. What a probe moves is too little to count; it takes a round
 * trip and the segments' time at the share of the uplink that one more transfer would get.
 */
export function scheduleProbes(world: ProbesWorld): void {
  const { engine, spec, volunteers, tracker, server } = world;
  if (spec.probe === Number.POSITIVE_INFINITY) return;
  const probe = engine.kind("tracker.probe", (volunteer) => {
    engine.after(spec.probe, probe, volunteer);
    if (!server.isUp) return;
    const isThere = volunteers.isOnline(volunteer);
    tracker.probed(volunteer, isThere ? firstBytes(world, volunteer) : null, engine.now);
  });
  for (let volunteer = 0; volunteer < volunteers.count; volunteer++) {
    engine.at((spec.probe * (volunteer + 0.5)) / volunteers.count, probe, volunteer);
  }
}

function firstBytes({ network, topology }: ProbesWorld, volunteer: number): number {
  const { uplink } = topology.volunteers[volunteer];
  const { roundTrip } = topology.synchronisation(volunteer, SERVER_NODE);
  const share = network.capacity(uplink) / (network.flowsOn(uplink) + 1);
  return roundTrip + network.queueing([uplink]) + INITIAL_WINDOW / share;
}
