import { ratio } from "../policy.ts";
import type { HandoutPolicy } from "./handout.ts";
import { shuffled } from "./shuffled.ts";

const params = {
  others: ratio(0.25, 0, 1, "of the peers told of that may be anywhere; 0 starves a site"),
};

/**
 * Tells of peers at the same site first, but keeps some places for peers anywhere. Without those, a
 * site that is larger than a handout and has no copy never hears of anybody who has one.
 */
export const locality: HandoutPolicy<typeof params> = {
  name: "locality",
  summary: "peers at the same site first, and a share from anywhere",
  source: "uber/kraken issue 244: a topology policy starved the group that came late",
  params,
  decide({ asking, known, count, wanted }, { others }, random) {
    const order = shuffled(count, random);
    const isNear = (i: number) => asking.site !== "" && known[i].site === asking.site;
    const near = order.filter(isNear);
    const far = order.filter((i) => !isNear(i));
    const places = Math.min(far.length, Math.ceil(others * wanted));
    const head = near.slice(0, Math.max(wanted - places, 0));
    return { peers: [...head, ...far].slice(0, wanted), reason: "by site" };
  },
};
