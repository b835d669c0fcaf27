import { SERVER } from "../dispatch/dispatch.ts";
import { bytesPerSecond, ratio } from "../policy.ts";
import { atOnce, type SyncPolicy } from "./sync.ts";

const params = {
  share: ratio(0.9, 0.01, 1, "of what deliveries leave that a synchronisation takes"),
  floor: ratio(0.05, 0.001, 1, "of the capacity that a synchronisation gets at least"),
  limit: bytesPerSecond(1e12, 1, 1e12, "of a synchronisation"),
};

/** Synchronises at once, but with what the deliveries leave: min(limit, share · residual). */
export const yielding: SyncPolicy<typeof params> = {
  name: "yielding",
  summary: "at once, with a share of what deliveries leave",
  source: "abstract, on load balancing: both workloads use the same link",
  params,
  decide(view, { share, floor, limit }) {
    const { capacity, delivering } = view;
    const spared = Math.max(share * (capacity - delivering), floor * capacity);
    return atOnce(view, {
      rate: Math.min(limit, spared),
      from: SERVER,
      reason: "beside deliveries",
    });
  },
};
