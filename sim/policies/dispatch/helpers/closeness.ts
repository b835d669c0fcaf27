import { asin, cosOfDegrees, sinOfDegrees } from "../../portable-math.ts";
import type { Candidate, DispatchView } from "../dispatch.ts";
import type { ClientFacts, Position, VolunteerFacts } from "../facts.ts";
import { holds } from "./holders.ts";

/**
 * How alike two places are in one respect: from 0, not at all or unknown, to `ALIKE`.
 * Whole numbers, which a call returns without allocating.
 */
export type Likeness = (facts: VolunteerFacts, client: ClientFacts) => number;

export const ALIKE = 32;

export const sameSite: Likeness = ({ site }, client) => same(site, client.site);

/** The longer the prefix of the client's network that the volunteer serves first, the closer. */
export const sameNetwork: Likeness = ({ network }, { networks }) => {
  const at = network === "" ? -1 : networks.indexOf(network);
  return at < 0 ? 0 : Math.max(1, ALIKE - at);
};

/** The client's network is the one that the volunteer serves first, or lies in it. */
export const inNetwork: Likeness = ({ network }, { networks }) =>
  network !== "" && networks.includes(network) ? ALIKE : 0;

export const sameSystem: Likeness = ({ asNumbers }, { asNumber }) =>
  asNumber !== 0 && asNumbers[0] === asNumber ? ALIKE : 0;
export const peerSystem: Likeness = ({ asNumbers }, { asNumber }) =>
  asNumber !== 0 && asNumbers.includes(asNumber) ? ALIKE : 0;

export const sameCountry: Likeness = ({ countries }, { country }) => same(countries[0], country);
export const servesCountry: Likeness = ({ countries }, { country }) =>
  country !== "" && countries.includes(country) ? ALIKE : 0;

export const sameRegion: Likeness = ({ region }, client) => same(region, client.region);

export const sameContinent: Likeness = ({ continents }, { continent }) =>
  same(continents[0], continent);

/** The holders that stand closest. */
export interface Group {
  /**
   * Where they stand: the whole part is the first rung of the ladder on which the two places are
   * alike, or the ladder's length if on none; the fraction is how much that likeness lacks.
   * `Infinity` without a holder.
   */
  readonly rung: number;
  /**
   * Each candidate's rung, `Infinity` if it may not be in the group; the members of the group are those whose
   * rung is the group's. The policy may write over it; it is good until the next group is formed.
   */
  readonly rungs: Float64Array;
}

/** `isIn`: who may be in the group. */
export function closestGroup(
  { candidates, count, client }: DispatchView,
  ladder: readonly Likeness[],
  isIn: (candidate: Candidate) => boolean = holds,
): Group {
  if (rungs.length < count) rungs = new Float64Array(2 * count);
  let closest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    rungs[i] = Number.POSITIVE_INFINITY;
    if (!isIn(candidates[i])) continue;
    const { facts } = candidates[i];
    let step = 0;
    let likeness = 0;
    while (step < ladder.length && likeness === 0) likeness = ladder[step++](facts, client);
    rungs[i] = step - likeness / ALIKE;
    if (rungs[i] < closest) closest = rungs[i];
  }
  return { rung: closest, rungs };
}

/** Each candidate's rung in the decision that is being made. */
let rungs = new Float64Array(64);

/**
 * Great-circle distances of the candidates from the customer, in kilometres on a sphere of radius
 * 6371 km (haversine), to the metre, so that libraries which differ in the last bit agree. Who is
 * `lost`, since its position is unknown, is taken to be there, or else half the way round.
 */
export function distances(
  { candidates, count, client }: DispatchView,
  into: Float64Array,
  lost: Position | null = null,
): void {
  const from = client.position ?? lost;
  const narrowing = from === null ? 0 : cosOfDegrees(from.latitude);
  for (let i = 0; i < count; i++) {
    const to = candidates[i].facts.position ?? lost;
    into[i] = FARTHEST;
    if (from === null || to === null) continue;
    const north = sinOfDegrees((to.latitude - from.latitude) / 2);
    const east = sinOfDegrees((to.longitude - from.longitude) / 2);
    const square = north * north + narrowing * cosOfDegrees(to.latitude) * east * east;
    into[i] = Math.round(2 * 6_371_000 * asin(Math.min(1, Math.sqrt(square)))) / 1000;
  }
}

/** Kilometres. */
const FARTHEST = 20_015;

/** Degrees between two places, north and east as the two sides; 540 if unknown, the most there is. */
export function degrees(
  a: Position | null,
  b: Position | null,
  norm: (north: number, east: number) => number,
): number {
  if (a === null || b === null) return 540;
  return norm(Math.abs(a.latitude - b.latitude), Math.abs(a.longitude - b.longitude));
}

function same(a: string | undefined, b: string): number {
  return b !== "" && a === b ? ALIKE : 0;
}
