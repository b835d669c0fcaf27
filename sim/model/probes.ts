import { INITIAL_WINDOW } from "../network/http/slow-start.ts";
import type { Network } from "../network/network.ts";
import type { Coordination } from "./coordination.ts";
import { SERVER_NODE } from "./events.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

export interface ProbesWorld {
  readonly network: Network;
  readonly topology: Topology;
  readonly volunteers: Volunteers;
  readonly coordination: Coordination;
}

/**
 * Carries out probes: the server asks a volunteer for ten segments and takes the time. What a probe
 * moves is too little to count; it takes a round trip and the segments' time at the share of the uplink
 * that one more transfer would get.
 */
export function answerProbes(world: ProbesWorld): void {
  const { volunteers, coordination } = world;
  coordination.when("probe", (volunteer) => {
    const seconds = volunteers.isOnline(volunteer) ? firstBytes(world, volunteer) : null;
    coordination.tell((coordinator, now) => coordinator.probed(volunteer, seconds, now));
  });
}

function firstBytes({ network, topology }: ProbesWorld, volunteer: number): number {
  const { uplink } = topology.volunteers[volunteer];
  const { roundTrip } = topology.synchronisation(volunteer, SERVER_NODE);
  const share = network.capacity(uplink) / (network.flowsOn(uplink) + 1);
  return roundTrip + network.queueing([uplink]) + INITIAL_WINDOW / share;
}
