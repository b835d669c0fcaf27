import { atOnce, SWARM, type SyncPolicy } from "./sync.ts";

/** Synchronises at once, in a swarm with all others that want the same. */
export const swarm: SyncPolicy = {
  name: "swarm",
  summary: "at once, in a swarm of volunteers",
  source: "abstract, on the authors' tool: swarming among edge nodes",
  params: {},
  decide: (view) => atOnce(view, { rate: Number.POSITIVE_INFINITY, from: SWARM, reason: "swarm" }),
};
