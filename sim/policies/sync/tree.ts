import { SERVER } from "../dispatch/dispatch.ts";
import { count } from "../policy.ts";
import { atOnce, type SyncPolicy } from "./sync.ts";

const params = { fanout: count(4, 1, 1000, "volunteers that fetch from the server, or from one") };

/**
 * Synchronises at once, down a tree: the first volunteers from the server, the others from a
 * volunteer with a lower number, which is the parent in the complete tree of this fanout.
 */
export const tree: SyncPolicy<typeof params> = {
  name: "tree",
  summary: "at once, from a parent in a tree of volunteers",
  source: "Debian ftpsync, tiers of push mirrors",
  params,
  decide: (view, { fanout }) =>
    atOnce(view, {
      rate: Number.POSITIVE_INFINITY,
      from: view.node < fanout ? SERVER : Math.floor(view.node / fanout) - 1,
      reason: "down the tree",
    }),
};
