import type { EvictionPolicy } from "./eviction.ts";

/** Keeps everything, as a mirror does until the server deletes it. */
export const nothing: EvictionPolicy = {
  name: "nothing",
  summary: "keep everything",
  source: "baseline",
  params: {},
  decide: () => ({ evict: [], reason: "keep everything" }),
};
