import { assert } from "../engine/assert.ts";
import type { LinkId } from "./network.ts";

/**
 * A place in the tree of networks: a machine in a department, a department on a campus, a campus on
 * the backbone. A link is null where nothing limits, and `up` and `down` are one link where both
 * directions share it.
 */
export interface Place {
  readonly parent: Place | null;
  /** Towards the parent, and from it. */
  readonly up: LinkId | null;
  readonly down: LinkId | null;
}

/** A way between two machines. */
export interface Route {
  /** Links that data cross, and links that ACKs cross on their way back. */
  readonly data: readonly LinkId[];
  readonly back: readonly LinkId[];
  /** Seconds of a round trip when all queues are empty. */
  readonly roundTrip: number;
}

/** The way between two places: up to where they meet, then down; nothing beyond is touched. */
export function route(from: Place, to: Place, roundTrip: number): Route {
  return { data: links(from, to), back: links(to, from), roundTrip };
}

function links(from: Place, to: Place): LinkId[] {
  const above = new Set(ancestry(to));
  const meeting = ancestry(from).find((place) => above.has(place)) ?? null;
  const rising = below(from, meeting).map(({ up }) => up);
  const falling = below(to, meeting).map(({ down }) => down);
  const all = [...rising, ...falling.reverse()].filter((link) => link !== null);
  return [...new Set(all)];
}

/** The place and all that it lies in, from within outwards. */
function ancestry(place: Place): Place[] {
  const places: Place[] = [];
  for (let at: Place | null = place; at !== null; at = at.parent) {
    assert(!places.includes(at), "a place lies within itself");
    places.push(at);
  }
  return places;
}

function below(place: Place, meeting: Place | null): Place[] {
  const places = ancestry(place);
  return meeting === null ? places : places.slice(0, places.indexOf(meeting));
}
