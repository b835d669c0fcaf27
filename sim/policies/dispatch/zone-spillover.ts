import { ratio } from "../policy.ts";
import { drawn, sum } from "./choice.ts";
import { sameSite } from "./closeness.ts";
import type { Candidate, DispatchPolicy } from "./dispatch.ts";
import { redirect } from "./holders.ts";

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
    const { client } = view;
    const uplinkAt = (candidate: Candidate) => sameSite(candidate.facts, client) * candidate.uplink;
    const local = sum(view, uplinkAt);
    const all = sum(view, ({ uplink }) => uplink);
    const isAlone = local === all;
    const isLocal = local > 0 && (isAlone || random() * client.demand * all < local);
    if (isLocal) return redirect(drawn(view, random, uplinkAt), "same site");
    const elsewhere = drawn(view, random, (candidate) => {
      const { facts, uplink, uploadRate } = candidate;
      return sameSite(facts, client) > 0 ? 0 : Math.max(uplink - uploadRate, floor * uplink);
    });
    return redirect(elsewhere, "elsewhere");
  },
};
