import { count } from "../policy.ts";
import { bestFor } from "./preferred.ts";
import { NO_DEMAND, type ReplicationPolicy } from "./replication.ts";

const params = {
  misses: count(10, 1, 1_000_000, "deliveries by the server itself for which a copy is made"),
};

/** Makes one more copy for each so many requests that the server had to deliver itself. */
export const demandDriven: ReplicationPolicy<typeof params> = {
  name: "demand-driven",
  summary: "copies only of what the server had to deliver itself",
  source: "MirrorCache, WebAPI/Plugin/Stat.pm: redirects that missed ask for a scan",
  params,
  decide(view, { misses }) {
    const { demand = NO_DEMAND } = view;
    return { copyTo: bestFor(view, Math.floor(demand.misses / misses)), reason: "for its misses" };
  },
};
