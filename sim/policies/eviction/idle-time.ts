import { seconds } from "../policy.ts";
import { due, type EvictionPolicy } from "./eviction.ts";

const params = { idle: seconds(21_600, 0, 31_536_000, "without a delivery until a copy goes") };

/** Deletes what no customer has asked for in a while. */
export const idleTime: EvictionPolicy<typeof params> = {
  name: "idle-time",
  summary: "delete what was not asked for lately",
  source: "Kraken, docs/CONFIGURATION.md: time to idle on disk, 6 h",
  params,
  decide: (view, { idle }) => ({
    evict: due(view, ({ usedAt }) => view.now - usedAt >= idle),
    reason: "idle",
  }),
};
