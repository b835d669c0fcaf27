import { count } from "../policy.ts";
import { bestFor } from "./preferred.ts";
import type { ReplicationPolicy } from "./replication.ts";

const params = { replicas: count(3, 0, 100_000, "copies of each file") };

/** Gives every file the same number of copies, spread evenly over the volunteers. */
export const rendezvous: ReplicationPolicy<typeof params> = {
  name: "rendezvous",
  summary: "a fixed number of copies by rendezvous hashing",
  source: "uber/kraken 2a7fbcb, lib/hashring/config.go: 3 by default",
  params,
  decide: (view, { replicas }) => ({ copyTo: bestFor(view, replicas), reason: "copies by hash" }),
};
