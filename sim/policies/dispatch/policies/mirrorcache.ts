import type { DispatchPolicy } from "../dispatch.ts";
import type { VolunteerFacts } from "../facts.ts";
import { leastOf } from "../helpers/choice.ts";
import { closestGroup, distances, sameContinent, sameCountry } from "../helpers/closeness.ts";
import { redirect } from "../helpers/holders.ts";
import { ascending, scratch } from "../helpers/scratch.ts";

const LADDER = [sameCountry, sameContinent];
const REASONS = ["same country", "same continent", "the rest"];

/** Holders that are looked at more closely, but for ties with the last. */
const SHORTLIST = 10;

/**
 * Takes the ten nearest holders in the customer's country, else its continent, else the world, and of
 * these the most stable, then nearest, then lowest by the operator's score; a draw settles the rest.
 *
 * Distance counts in hundreds of kilometres, to the nearest whole one and halves to the even one, as
 * PostgreSQL rounds, which is the database that MirrorCache is documented for. Stability has four grades
 * by the time since the last failure, so that it comes before distance, but only among the near.
 */
export const mirrorcache: DispatchPolicy = {
  name: "mirrorcache",
  summary: "the most stable of the ten nearest in country, continent or world",
  source:
    "openSUSE/MirrorCache 207d612, lib/MirrorCache/Schema/ResultSet/Server.pm, Task/MirrorProbe.pm",
  differs: "with MariaDB in place of PostgreSQL, MirrorCache would not round distances",
  params: {},
  decide(view, _params, random) {
    const { candidates, count, now } = view;
    const { rung, rungs } = closestGroup(view, LADDER);
    const costs = scratch(count);
    distances(view, costs);
    for (let i = 0; i < count; i++) {
      const { facts } = candidates[i];
      const cost = (hundreds(costs[i]) * GRADES + grade(facts, now)) * SCORES + facts.score;
      costs[i] = rungs[i] === rung ? cost : Number.POSITIVE_INFINITY;
    }
    const shortlist = Math.min(SHORTLIST, count);
    const last = ascending(costs, count, shortlist)[shortlist - 1];
    for (let i = 0; i < count; i++) {
      const isFar = costs[i] > last;
      costs[i] = isFar
        ? Number.POSITIVE_INFINITY
        : grade(candidates[i].facts, now) * FAR + costs[i];
    }
    return redirect(leastOf(view, random, costs), REASONS[rung]);
  },
};

const GRADES = 4;
/** More than the difference between two scores, each from -100 to 100. */
const SCORES = 256;
/** More than the cost of the other side of the earth. */
const FAR = 256 * GRADES * SCORES;

function hundreds(kilometres: number): number {
  const exact = kilometres / 100;
  const up = Math.round(exact);
  return up - exact === 0.5 && up % 2 === 1 ? up - 1 : up;
}

/** From 0, no failure for 2.4 h, to 3, failing now. */
function grade({ failures, failedAt }: VolunteerFacts, now: number): number {
  if (failures > 0) return 3;
  const since = now - failedAt;
  if (since < 360) return 2;
  return since < 8640 ? 1 : 0;
}
