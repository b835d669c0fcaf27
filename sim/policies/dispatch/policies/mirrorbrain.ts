import { count } from "../../policy.ts";
import type { DispatchPolicy } from "../dispatch.ts";
import { least } from "../helpers/choice.ts";
import {
  closestGroup,
  degrees,
  sameCountry,
  sameNetwork,
  sameRegion,
  sameSystem,
  servesCountry,
} from "../helpers/closeness.ts";
import { redirect } from "../helpers/holders.ts";

const LADDER = [sameNetwork, sameSystem, sameCountry, servesCountry, sameRegion];

const params = {
  coordinates: count(0, 0, 1, "1 ranks by distance where the customer's place is known"),
};

/**
 * Ranks the holders of the closest group, lowest first, by a draw divided by the weight. This is not
 * a draw in proportion: a holder of twice the weight comes first in 3/4 of the cases, not in 2/3.
 *
 * With coordinates a rank is a thousand times the distance in degrees, plus a part of two million
 * divided by the number of holders and the weight; without chance, one holder gets everything.
 */
export const mirrorbrain: DispatchPolicy<typeof params> = {
  name: "mirrorbrain",
  summary: "closest group by network, country and region, then a draw divided by the weight",
  source: "poeml/mirrorbrain 432d0c5, mod_mirrorbrain.c",
  params,
  decide(view, { coordinates }, random) {
    const here = coordinates === 1 ? view.client.position : null;
    const { rung, rungs } = closestGroup(view, LADDER);
    let members = 0;
    for (let i = 0; i < view.count; i++) if (rungs[i] === rung) members++;
    const best = least(view, random, ({ facts: { position, weight } }, i) => {
      if (rungs[i] !== rung) return Number.POSITIVE_INFINITY;
      if (here === null) return random() / weight;
      return 1000 * degrees(position, here, straight) + 2e6 / members / weight;
    });
    return redirect(best, here === null ? "least draw by weight" : "closest by degrees");
  },
};

const straight = (north: number, east: number) => Math.sqrt(north * north + east * east);
