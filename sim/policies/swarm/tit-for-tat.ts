import { count } from "../policy.ts";
import { sampling } from "../sampling.ts";
import type { ChokingPolicy } from "./choking.ts";

const params = { optimistic: count(1, 0, 100, "slots for any peers, so that newcomers get a try") };

/** Sends to those that gave most, and to a few of the others by chance. */
export const titForTat: ChokingPolicy<typeof params> = {
  name: "tit-for-tat",
  summary: "those that gave most, and a few of the others",
  source: "Cohen, Incentives build robustness in BitTorrent, 2003; BEP 3",
  params,
  decide({ peers, slots }, { optimistic }, random) {
    const best = peers.toSorted((a, b) => b.bytes - a.bytes).map(({ connection }) => connection);
    const earned = Math.max(slots - optimistic, 0);
    const isTried = sampling(Math.max(best.length - earned, 0), slots - earned, random);
    const unchoke = best.filter((_, place) => place < earned || isTried());
    return { unchoke, reason: "by what they gave" };
  },
};
