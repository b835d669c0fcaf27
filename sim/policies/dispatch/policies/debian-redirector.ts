import type { DispatchPolicy } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import {
  closestGroup,
  degrees,
  nearContinent,
  peerSystem,
  sameContinent,
  sameCountry,
  sameSystem,
  servesCountry,
} from "../helpers/closeness.ts";
import { redirect } from "../helpers/holders.ts";
import { ascending, scratch } from "../helpers/scratch.ts";

const LADDER = [sameSystem, peerSystem, sameCountry, servesCountry, sameContinent, nearContinent];

/** Members of the close set, but for ties with the last. */
const CLOSE = 4;

/**
 * Draws from the close set of the closest group: those that are farther than the closest by no more
 * than the standard deviation of the inner half of all distances, four at most.
 */
export const debianRedirector: DispatchPolicy = {
  name: "debian-redirector",
  summary: "any of the closest few in network, country or continent",
  source: "rgeissert/http-redirector 243b95a, Mirror/Redirector.pm",
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
    const spread = deviation(distances, Math.floor(members / 4), Math.ceil((3 * members) / 4));
    const limit = Math.min(distances[0] + spread, distances[Math.min(CLOSE, members) - 1]);
    for (let i = 0; i < count; i++) far[i] = far[i] <= limit ? 1 : 0;
    const to = drawn(view, random, far);
    return redirect(to, rung < LADDER.length ? "close set" : "close set of the rest");
  },
};

const add = (north: number, east: number) => north + east;

/** Standard deviation of `values` from index `from` up to `to`. */
function deviation(values: Float64Array, from: number, to: number): number {
  let mean = 0;
  for (let i = from; i < to; i++) mean += values[i] / (to - from);
  let square = 0;
  for (let i = from; i < to; i++) {
    const apart = values[i] - mean;
    square += (apart * apart) / (to - from);
  }
  return Math.sqrt(square);
}
