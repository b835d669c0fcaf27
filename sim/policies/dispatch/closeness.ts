import type { Candidate, DispatchView } from "./dispatch.ts";
import type { ClientFacts, Position, VolunteerFacts } from "./facts.ts";
import { holds } from "./holders.ts";

/** How alike two places are in one respect: from 0, not at all or unknown, to 1. */
export type Likeness = (facts: VolunteerFacts, client: ClientFacts) => number;

export const sameSite: Likeness = ({ site }, client) => same(site, client.site);

/** The more of the address the volunteer's network prescribes, the closer. */
export const sameNetwork: Likeness = ({ network, bits }, { address }) =>
  bits > 0 && address !== 0 && (network ^ address) >>> (32 - bits) === 0 ? bits / 32 : 0;

export const sameSystem: Likeness = ({ asNumbers }, { asNumber }) =>
  asNumber !== 0 && asNumbers[0] === asNumber ? 1 : 0;
export const peerSystem: Likeness = ({ asNumbers }, { asNumber }) =>
  asNumber !== 0 && asNumbers.includes(asNumber) ? 1 : 0;

export const sameCountry: Likeness = ({ countries }, { country }) => same(countries[0], country);
export const servesCountry: Likeness = ({ countries }, { country }) =>
  country !== "" && countries.includes(country) ? 1 : 0;

export const sameRegion: Likeness = ({ region }, client) => same(region, client.region);

export const sameContinent: Likeness = ({ continents }, { continent }) =>
  same(continents[0], continent);
export const nearContinent: Likeness = ({ continents }, { continent }) =>
  continent !== "" && continents.includes(continent) ? 1 : 0;

/**
 * How far down the ladder a volunteer stands: its whole part is the first rung on which the two
 * places are alike, its fraction how much that likeness lacks. `ladder.length` if on none.
 */
export function rung(
  { facts }: Candidate,
  client: ClientFacts,
  ladder: readonly Likeness[],
): number {
  for (let i = 0; i < ladder.length; i++) {
    const likeness = ladder[i](facts, client);
    if (likeness > 0) return i + 1 - likeness;
  }
  return ladder.length;
}

/** The holders that stand closest. */
export interface Group {
  /** Where they stand, or `Infinity` without a holder. */
  readonly rung: number;
  /** Whether the candidate at the index is one of them. Good until the next group is formed. */
  has(index: number): boolean;
}

export function closestGroup(view: DispatchView, ladder: readonly Likeness[]): Group {
  const { candidates, count, client } = view;
  if (rungs.length < count) rungs = new Float64Array(2 * count);
  let closest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const isHolder = holds(candidates[i]);
    rungs[i] = isHolder ? rung(candidates[i], client, ladder) : Number.POSITIVE_INFINITY;
    if (rungs[i] < closest) closest = rungs[i];
  }
  return { rung: closest, has: (index) => rungs[index] === closest };
}

/** Each candidate's rung in the decision that is being made. */
let rungs = new Float64Array(64);

/**
 * Great-circle distances from a place on a sphere of radius 6371 km (haversine), to the metre, so
 * that libraries which differ in the last bit agree; half the way round if unknown.
 */
export function kilometresFrom(a: Position | null): (b: Position | null) => number {
  if (a === null) return () => FARTHEST;
  const narrowing = Math.cos(a.latitude * RADIANS);
  return (b) => {
    if (b === null) return FARTHEST;
    const north = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2);
    const east = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2);
    const square = north * north + narrowing * Math.cos(b.latitude * RADIANS) * east * east;
    return Math.round(2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(square)))) / 1000;
  };
}

/** Kilometres. */
const FARTHEST = 20_015;
const RADIANS = Math.PI / 180;

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
  return b !== "" && a === b ? 1 : 0;
}
