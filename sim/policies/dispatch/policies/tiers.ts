import type { DispatchPolicy } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import { closestGroup, sameNetwork, sameSite } from "../helpers/closeness.ts";
import { redirect } from "../helpers/holders.ts";

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
    const { rung, rungs } = closestGroup(view, LADDER);
    for (let i = 0; i < view.count; i++) rungs[i] = rungs[i] === rung ? 1 : 0;
    return redirect(drawn(view, random, rungs), REASONS[Math.floor(rung)]);
  },
};
