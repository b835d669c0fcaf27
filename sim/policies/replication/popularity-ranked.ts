import { count, ratio } from "../policy.ts";
import { bestFor, preferred } from "./preferred.ts";
import { NO_DEMAND, type ReplicationPolicy } from "./replication.ts";

const params = {
  head: ratio(0.1, 0, 1, "of the files, the most requested, that every volunteer holds"),
  tail: count(1, 0, 100_000, "copies of each other file"),
};

/** Gives the most requested files to everybody and few copies of the others. */
export const popularityRanked: ReplicationPolicy<typeof params> = {
  name: "popularity-ranked",
  summary: "the most requested files everywhere, few copies of the others",
  source: "Netflix Open Connect, fill by popularity rank",
  params,
  decide(view, { head, tail }) {
    const { rank, files } = view.demand ?? NO_DEMAND;
    return rank < head * files
      ? { copyTo: preferred(view), reason: "popular" }
      : { copyTo: bestFor(view, tail), reason: "not popular" };
  },
};
