import { drawn } from "./choice.ts";
import { closestGroup, sameContinent, sameCountry, sameNetwork, sameSystem } from "./closeness.ts";
import type { DispatchPolicy } from "./dispatch.ts";
import { redirect } from "./holders.ts";

const LADDER = [sameNetwork, sameSystem, sameCountry, sameContinent];
const REASONS = ["same network", "same system", "same country", "same continent", "anywhere"];

/**
 * Draws in the closest group: alike in the most narrowly named network and in the autonomous
 * system, by the operator's weights in country, continent and world.
 *
 * The list that it makes goes on through wider groups until it has five; a redirect takes its first.
 */
export const mirrormanager: DispatchPolicy = {
  name: "mirrormanager",
  summary: "closest group by network, system, country and continent, then by weight",
  source: "fedora-infra/mirrormanager2 49f0cf2, mirrorlist-server.rs",
  params: {},
  decide(view, _params, random) {
    const group = closestGroup(view, LADDER);
    const isNetwork = group.rung < 2;
    const to = drawn(view, random, ({ facts }, i) => {
      if (!group.has(i)) return 0;
      return isNetwork ? 1 : facts.weight;
    });
    return redirect(to, REASONS[Math.floor(group.rung)]);
  },
};
