import { INITIAL_WINDOW } from "../network/http/slow-start.ts";
import type { Coordination } from "./coordination.ts";
import { SERVER_NODE } from "./events.ts";
import type { Meters } from "./meters.ts";
import type { Topology } from "./topology.ts";
import type { Volunteers } from "./volunteers.ts";

/**
 * Carries out probes: the server asks a volunteer for ten segments and takes the time. What a probe
 * moves is too little to count; it takes a round trip and the segments' time at the share of the uplink
 * that one more transfer would get.
 */
export function answerProbes(
  coordination: Coordination,
  volunteers: Volunteers,
  topology: Topology,
  meters: Meters,
): void {
  const firstBytes = (volunteer: number) => {
    const { roundTrip } = topology.synchronisation(volunteer, SERVER_NODE);
    return roundTrip + meters.waiting(volunteer) + INITIAL_WINDOW / meters.spare(volunteer);
  };
  coordination.when("probe", (volunteer) => {
    const seconds = volunteers.isOnline(volunteer) ? firstBytes(volunteer) : null;
    coordination.tell((coordinator, now) => coordinator.probed(volunteer, seconds, now));
  });
}
