import type { FlowSpec } from "../network.ts";
import type { Route } from "../sites.ts";
import { ACK_SHARE } from "../wire.ts";
import type { Causes } from "./causes.ts";

/** What couples a flow along a route with others beyond the links of its data, by these causes. */
export function coupling(
  { back, roundTrip }: Route,
  { roundTripShares, ackLoad }: Causes,
): Pick<FlowSpec, "roundTrip" | "acks"> {
  if (!roundTripShares && !ackLoad) return UNCOUPLED;
  return {
    ...(roundTripShares && { roundTrip }),
    // The queues on the way back are part of the round trip even where ACKs take no room.
    acks: { path: back, share: ackLoad ? ACK_SHARE : 0 },
  };
}

const UNCOUPLED: Pick<FlowSpec, "roundTrip" | "acks"> = { roundTrip: undefined, acks: undefined };
