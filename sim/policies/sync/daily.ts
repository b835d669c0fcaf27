import { SERVER } from "../dispatch/dispatch.ts";
import { unitHash } from "../hash.ts";
import { seconds } from "../policy.ts";
import type { SyncPolicy } from "./sync.ts";

const params = { every: seconds(86_400, 60, 2_592_000, "from one synchronisation to the next") };

/** Synchronises at fixed intervals, each volunteer at its own time, as cron jobs do. */
export const daily: SyncPolicy<typeof params> = {
  name: "daily",
  summary: "once a day, each volunteer at its own time",
  source: "baseline; the abstract's edge nodes run rsync from cron",
  params,
  decide({ node, now, lastSync }, { every }) {
    const slot = every * unitHash(node, 0);
    const next = slot + every * Math.ceil((now - slot) / every);
    return {
      at: Math.max(next > lastSync ? next : next + every, now),
      rate: Number.POSITIVE_INFINITY,
      from: SERVER,
      reason: "its time of day",
    };
  },
};
