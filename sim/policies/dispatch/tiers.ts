import { drawn } from "./choice.ts";
import { closestGroup, sameNetwork, sameSite } from "./closeness.ts";
import type { DispatchPolicy } from "./dispatch.ts";
import { redirect } from "./holders.ts";

const LADDER = [sameSite, sameNetwork];
const REASONS = ["same site", "same network", "elsewhere"];

/**
 * Draws among the holders at the customer's site, else among those of its most narrowly named
 * network, else among all. Both are named by the operator: an enterprise has private addresses, of
 * which no table of countries and positions knows anything.
 */
export const tiers: DispatchPolicy = {
  name: "tiers",
  summary: "any holder at the customer's site, else in its network, else anywhere",
  source: "MirrorBrain's network prefixes; MirrorManager's netblocks",
  params: {},
  decide(view, _params, random) {
    const group = closestGroup(view, LADDER);
    const to = drawn(view, random, (_, i) => (group.has(i) ? 1 : 0));
    return redirect(to, REASONS[Math.floor(group.rung)]);
  },
};
