import type { HandoutPolicy, SwarmPeer } from "./handout.ts";
import { shuffled } from "./shuffled.ts";

/** Tells of complete peers first, then of the server, and of incomplete peers last. */
export const completeness: HandoutPolicy = {
  name: "completeness",
  summary: "complete peers first, then the server, then the others",
  source: "uber/kraken 2a7fbcb, tracker/peerhandoutpolicy",
  params: {},
  decide({ known, count, wanted }, _params, random) {
    const order = shuffled(count, random).sort((a, b) => priority(known[a]) - priority(known[b]));
    return { peers: order.slice(0, wanted), reason: "by completeness" };
  },
};

function priority({ origin, complete }: SwarmPeer): number {
  if (origin) return 1;
  return complete ? 0 : 2;
}
