import { count } from "../../policy.ts";
import type { Candidate, DispatchPolicy } from "../dispatch.ts";
import type { Position } from "../facts.ts";
import { least } from "../helpers/choice.ts";
import {
  closestGroup,
  inNetwork,
  sameContinent,
  sameCountry,
  sameSystem,
  servesCountry,
} from "../helpers/closeness.ts";
import { holds, redirect } from "../helpers/holders.ts";

const LADDER = [inNetwork, sameSystem, sameCountry, servesCountry, sameContinent];

const params = {
  coordinates: count(1, 0, 1, "1 ranks by distance where the customer's place is known, 0 never"),
};

/**
 * Ranks the holders of the closest group, lowest first, by a draw divided by the weight. This is not
 * a draw in proportion: a holder of twice the weight comes first in 3/4 of the cases, not in 2/3.
 *
 * Where the customer's place is known a rank is a thousand times the distance in degrees, plus a part of
 * two million divided by the number of holders and the weight, and the draw settles ties alone: one
 * holder gets everything. All are whole numbers, cut off; a coordinate of 0 counts as unknown. How long
 * the prefix is that a customer shares with a holder does not matter. A weight below 1 is none.
 */
export const mirrorbrain: DispatchPolicy<typeof params> = {
  name: "mirrorbrain",
  summary: "closest group by network, country and continent, then the nearest or a draw by weight",
  source: "poeml/mirrorbrain 432d0c5, mod_mirrorbrain/mod_mirrorbrain.c",
  params,
  decide(view, { coordinates }, random) {
    const here = coordinates === 1 ? given(view.client.position) : null;
    const { rung, rungs } = closestGroup(view, LADDER, isOffered);
    let members = 0;
    for (let i = 0; i < view.count; i++) if (rungs[i] === rung) members++;
    const priority = Math.trunc(2_000_000 / members);
    const best = least(view, random, ({ facts: { position, weight } }, i) => {
      if (rungs[i] !== rung) return Number.POSITIVE_INFINITY;
      const score = Math.trunc(weight);
      const rank = Math.floor(random() * DRAWS) * Math.trunc((DRAWS - 1) / score);
      if (here === null) return rank;
      return (apart(given(position), here) + Math.trunc(priority / score)) * RANKS + rank;
    });
    return redirect(best, here === null ? "least draw by weight" : "closest by degrees");
  },
};

const isOffered = (candidate: Candidate) => holds(candidate) && candidate.facts.weight >= 1;

/** Numbers that a draw may give. */
const DRAWS = 32_768;

/** More than any rank. */
const RANKS = DRAWS * DRAWS;

/** Thousandths of degrees on a plane, to a place that is unknown more than to any other. */
function apart(there: Position | null, here: Position): number {
  if (there === null) return 9_999_999;
  const north = here.latitude - there.latitude;
  const east = here.longitude - there.longitude;
  return Math.trunc(Math.sqrt(north * north + east * east) * 1000);
}

function given(position: Position | null): Position | null {
  return position?.latitude === 0 || position?.longitude === 0 ? null : position;
}
