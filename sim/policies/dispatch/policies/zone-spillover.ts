import { ratio } from "../../policy.ts";
import type { DispatchPolicy } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import { sameSite } from "../helpers/closeness.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { scratch, secondScratch } from "../helpers/scratch.ts";

const params = {
  floor: ratio(0.1, 0.001, 1, "share of its uplink that a holder elsewhere counts for at least"),
};

/**
 * Keeps requests at the customer's site as far as its share of all uplinks covers its share of all
 * requests; what exceeds it is drawn elsewhere by the bandwidth reported idle.
 */
export const zoneSpillover: DispatchPolicy<typeof params> = {
  name: "zone-spillover",
  summary: "the customer's site up to its share of capacity, then elsewhere",
  source: "envoyproxy/envoy, zone aware routing",
  params,
  decide(view, { floor }, random) {
    const { candidates, count, client } = view;
    const uplinks = scratch(count);
    const spare = secondScratch(count);
    let local = 0;
    let all = 0;
    for (let i = 0; i < count; i++) {
      const { facts, uplink, uploadRate } = candidates[i];
      const isHere = sameSite(facts, client) > 0;
      uplinks[i] = isHere ? uplink : 0;
      spare[i] = isHere ? 0 : Math.max(uplink - uploadRate, floor * uplink);
      if (!holds(candidates[i])) continue;
      local += uplinks[i];
      all += uplink;
    }
    const isAlone = local === all;
    const isLocal = local > 0 && (isAlone || random() * client.demand * all < local);
    return isLocal
      ? redirect(drawn(view, random, uplinks), "same site")
      : redirect(drawn(view, random, spare), "elsewhere");
  },
};
