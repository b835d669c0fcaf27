import { count } from "../../policy.ts";
import type { DispatchPolicy, DispatchView } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import { sameSite } from "../helpers/closeness.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { scratch, secondScratch } from "../helpers/scratch.ts";

const params = {
  fewest: count(6, 1, 100_000, "holders below which sites are not heeded"),
};

/**
 * Keeps requests at the customer's site as far as its share of all uplinks covers its share of all
 * requests; what exceeds it goes to the sites whose share of uplinks exceeds their own share of requests,
 * in proportion to by how much. At a site, and where sites are not heeded, holders are drawn by uplink.
 *
 * Sites are not heeded where the customer has none, where all holders are at one, or where they are few.
 */
export const zoneSpillover: DispatchPolicy<typeof params> = {
  name: "zone-spillover",
  summary: "the customer's site up to its share of capacity, then sites with a surplus",
  source:
    "envoyproxy/envoy 00cf9a0, source/extensions/load_balancing_policies/common/load_balancer_impl.cc",
  differs:
    "shares are of uplinks and of requests, where Envoy counts hosts and those that call them",
  params,
  decide(view, { fewest }, random) {
    const { candidates, count, client } = view;
    const weights = scratch(count);
    let local = 0;
    let all = 0;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const { facts, uplink } = candidates[i];
      const isHere = sameSite(facts, client) > 0;
      weights[i] = isHere ? uplink : 0;
      if (!holds(candidates[i])) continue;
      local += weights[i];
      all += uplink;
      total++;
    }
    if (client.site === "" || local === all || total < fewest) {
      for (let i = 0; i < count; i++) weights[i] = candidates[i].uplink;
      return redirect(drawn(view, random, weights), "sites not heeded");
    }
    const isLocal =
      local > 0 && (local >= client.demand * all || random() * client.demand * all < local);
    if (isLocal) return redirect(drawn(view, random, weights), "same site");
    if (!weighSurplus(view, weights, all)) {
      for (let i = 0; i < count; i++) weights[i] = candidates[i].uplink;
    }
    return redirect(drawn(view, random, weights), "elsewhere");
  },
};

/**
 * Weighs each holder by its part of what its site's share of all uplinks exceeds the site's share of
 * requests by; nobody at the customer's own site. Returns whether there is any surplus.
 */
function weighSurplus(
  { candidates, count, client }: DispatchView,
  weights: Float64Array,
  all: number,
): boolean {
  // The place of a site's first holder stands for the site; its uplinks are added up there.
  const uplinks = secondScratch(count);
  const firstAt = (i: number) => {
    const { site } = candidates[i].facts;
    let first = 0;
    while (!holds(candidates[first]) || candidates[first].facts.site !== site) first++;
    return first;
  };
  let isAny = false;
  uplinks.fill(0, 0, count);
  for (let i = 0; i < count; i++) {
    if (holds(candidates[i])) uplinks[firstAt(i)] += candidates[i].uplink;
  }
  for (let i = 0; i < count; i++) {
    weights[i] = 0;
    const { facts, uplink } = candidates[i];
    if (!holds(candidates[i]) || uplink === 0 || sameSite(facts, client) > 0) continue;
    const ofSite = uplinks[firstAt(i)];
    weights[i] = Math.max(0, ofSite / all - facts.demand) * (uplink / ofSite);
    if (weights[i] > 0) isAny = true;
  }
  return isAny;
}
