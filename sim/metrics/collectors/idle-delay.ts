import { SERVER_NODE } from "../../model/events.ts";
import type { World } from "../../model/simulation.ts";
import type { SystemSpec } from "../../model/system.ts";
import { startupDelay } from "../../network/http/transport.ts";
import type { RequestTrace } from "../../workload/workload.ts";

/** Tells how many seconds a request would take from the server if nothing else moved. */
export function idleDelayOf(
  { topology }: Pick<World, "topology">,
  { transport }: Pick<SystemSpec, "transport">,
  { customer, bytes }: RequestTrace,
): (request: number) => number {
  const { connection, slowStart } = transport.causes;
  const direct = { redirected: false };
  return (request) => {
    const { data, roundTrip } = topology.delivery(SERVER_NODE, customer[request]);
    const rate = topology.idleRate(data);
    const startup = startupDelay(bytes[request], rate, roundTrip, direct);
    const opening = 2 * roundTrip;
    return (connection ? opening : 0) + (slowStart ? startup - opening : 0) + bytes[request] / rate;
  };
}
