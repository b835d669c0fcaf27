import { SERVER } from "../dispatch/dispatch.ts";
import { seconds } from "../policy.ts";
import type { SyncPolicy } from "./sync.ts";

const params = { fallback: seconds(86_400, 60, 2_592_000, "without a push until it looks itself") };

/** Synchronises as soon as the server says that something is new, and now and then without. */
export const pushed: SyncPolicy<typeof params> = {
  name: "pushed",
  summary: "at once when something is released",
  source: "Debian ftpsync, push mirroring",
  params,
  decide({ now, lastSync, pendingFiles }, { fallback }) {
    const isPushed = pendingFiles > 0;
    return {
      at: isPushed ? now : Math.max(now, lastSync + fallback),
      rate: Number.POSITIVE_INFINITY,
      from: SERVER,
      reason: isPushed ? "pushed" : "nothing new",
    };
  },
};
