import type { DispatchPolicy } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import {
  closestGroup,
  sameContinent,
  sameCountry,
  sameNetwork,
  sameSystem,
} from "../helpers/closeness.ts";
import { redirect } from "../helpers/holders.ts";

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
  source: "adrianreber/mirrorlist-server f199d1f, src/bin/mirrorlist-server.rs",
  params: {},
  decide(view, _params, random) {
    const { candidates, count } = view;
    const { rung, rungs } = closestGroup(view, LADDER);
    for (let i = 0; i < count; i++) {
      const weight = rung < 2 ? 1 : candidates[i].facts.weight;
      rungs[i] = rungs[i] === rung ? weight : 0;
    }
    return redirect(drawn(view, random, rungs), REASONS[Math.floor(rung)]);
  },
};
