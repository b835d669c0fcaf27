import type { DispatchPolicy } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import {
  ALIKE,
  closestGroup,
  degrees,
  type Likeness,
  peerSystem,
  sameContinent,
  sameCountry,
  sameSystem,
} from "../helpers/closeness.ts";
import { redirect } from "../helpers/holders.ts";
import { ascending, scratch } from "../helpers/scratch.ts";

/** The continents that come after each, the nearest first. */
const NEARBY: Readonly<Record<string, readonly string[]>> = {
  AF: ["EU", "NA", "AS", "SA", "OC"],
  AS: ["EU", "NA", "OC", "SA", "AF"],
  EU: ["NA", "AS", "SA", "OC", "AF"],
  NA: ["EU", "AS", "OC", "SA", "AF"],
  OC: ["NA", "AS", "EU", "SA", "AF"],
  SA: ["NA", "EU", "OC", "AS", "AF"],
};

/** Countries of a continent that those without a mirror turn to. */
const HUBS: Readonly<Record<string, readonly string[]>> = { NA: ["US", "CA"], OC: ["AU", "NZ"] };

const onContinent =
  (likeness: Likeness): Likeness =>
  (facts, client) =>
    sameContinent(facts, client) > 0 ? likeness(facts, client) : 0;

const NONE: readonly string[] = [];

const nearbyCountry: Likeness = ({ countries }, { continent }) =>
  (HUBS[continent] ?? NONE).includes(countries[0]) ? ALIKE : 0;

const nearbyContinent: Likeness = ({ continents }, { continent }) => {
  const place = (NEARBY[continent] ?? NONE).indexOf(continents[0]);
  return place < 0 ? 0 : ALIKE - place;
};

const LADDER = [
  ...[onContinent(sameSystem), onContinent(peerSystem), sameCountry, nearbyCountry],
  ...[sameContinent, nearbyContinent],
];

/** Members of the close set, but for ties with the last. */
const CLOSE = 4;

/**
 * Draws from the close set of the closest group: those that are farther than the closest by no more
 * than the sample's standard deviation of the inner half of all distances, four at most.
 *
 * A network counts only on the customer's continent. Two continents have hubs, to which countries
 * without a mirror turn, and each continent has an order of the others.
 */
export const debianRedirector: DispatchPolicy = {
  name: "debian-redirector",
  summary: "any of the closest few in network, country or continent",
  source: "rgeissert/http-redirector 243b95a, Mirror/Redirector.pm, Mirror/Math.pm",
  differs:
    "who is nowhere known has all holders, where the original puts him where most mirrors are",
  params: {},
  decide(view, _params, random) {
    const { candidates, count, client } = view;
    const { rung, rungs } = closestGroup(view, LADDER);
    const far = scratch(count);
    let members = 0;
    for (let i = 0; i < count; i++) {
      far[i] = Number.POSITIVE_INFINITY;
      if (rungs[i] !== rung) continue;
      far[i] = degrees(candidates[i].facts.position, client.position, add);
      members++;
    }
    const distances = ascending(far, count);
    const lower = Math.ceil(members / 4) - 1;
    const spread = deviation(distances, lower, Math.ceil((3 * members) / 4));
    const farthest = distances[Math.min(CLOSE, members) - 1];
    for (let i = 0; i < count; i++) {
      const isClose = far[i] - distances[0] <= spread && far[i] <= farthest;
      far[i] = isClose ? 1 : 0;
    }
    const to = drawn(view, random, far);
    return redirect(to, rung < LADDER.length ? "close set" : "close set of the rest");
  },
};

const add = (north: number, east: number) => north + east;

/**
 * Standard deviation of a sample, which is `values` from index `from` up to `to`; 0 of one value. The
 * variance is rounded to six decimals, so that equal distances differ by nothing.
 */
function deviation(values: Float64Array, from: number, to: number): number {
  const size = to - from;
  if (size <= 1) return 0;
  let mean = 0;
  for (let i = from; i < to; i++) mean += values[i] / size;
  let square = 0;
  for (let i = from; i < to; i++) square += (values[i] - mean) * (values[i] - mean);
  return Math.sqrt(Math.round((square / (size - 1)) * 1e6) / 1e6);
}
