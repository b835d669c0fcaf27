import { count } from "../policy.ts";
import type { TrustPolicy } from "./trust.ts";

const params = { ban: count(-7, -100, 0, "points at which a volunteer is banned for good") };

const MOST = 8;

/** Gives a point for each good delivery and takes two for each bad one; who has few is banned. */
export const points: TrustPolicy<typeof params, number> = {
  name: "points",
  summary: "a point up for good, two down for bad, banned at -7",
  source: "arvidn/libtorrent 069017e: trust points of a peer, from -7 to 8",
  params,
  memory: {
    init: () => 0,
    observe: (sum, { passed }) => (passed ? Math.min(sum + 1, MOST) : sum - 2),
  },
  decide(_view, { ban }, _random, sum) {
    const serve = sum > ban;
    return { serve, audit: false, reason: serve ? "points enough" : "banned" };
  },
};
