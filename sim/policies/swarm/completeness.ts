import { count } from "../policy.ts";
import type { HandoutPolicy, SwarmPeer } from "./handout.ts";
import { shuffled } from "./shuffled.ts";

const params = {
  sample: count(50, 1, 1_000_000, "peers, besides the server's own, that are looked at"),
};

/**
 * Tells of complete peers first, then of the server, and of incomplete peers last; but only of a sample,
 * which is drawn before any is known to be complete. So a few complete peers of many are hardly found.
 */
export const completeness: HandoutPolicy<typeof params> = {
  name: "completeness",
  summary: "of a sample, complete peers first, then the server, then the others",
  source: "uber/kraken 2a7fbcb, tracker/trackerserver/announce.go, tracker/peerhandoutpolicy",
  params,
  decide({ known, count, wanted }, { sample }, random) {
    const all = shuffled(count, random);
    const origins = all.filter((i) => known[i].origin);
    const others = all.filter((i) => !known[i].origin).slice(0, sample);
    const order = [...others, ...origins].sort((a, b) => priority(known[a]) - priority(known[b]));
    return { peers: order.slice(0, wanted), reason: "by completeness" };
  },
};

function priority({ origin, complete }: SwarmPeer): number {
  if (origin) return 1;
  return complete ? 0 : 2;
}
