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
  /** Crossed by what passes between the parts of the place, such as a backbone, if that has a limit. */
  readonly within?: LinkId;
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

/** The innermost place that holds both, or null where they have nothing in common. */
export function meetingOf(from: Place, to: Place): Place | null {
  let [a, b]: (Place | null)[] = [from, to];
  for (let gap = depthOf(from) - depthOf(to); a !== null && gap > 0; gap--) a = a.parent;
  for (let gap = depthOf(to) - depthOf(from); b !== null && gap > 0; gap--) b = b.parent;
  while (a !== b) {
    a = a?.parent ?? null;
    b = b?.parent ?? null;
  }
  return a;
}

function links(from: Place, to: Place): LinkId[] {
  const meeting = meetingOf(from, to);
  const way: LinkId[] = [];
  for (let at: Place | null = from; at !== null && at !== meeting; at = at.parent) {
    cross(way, at.up);
  }
  if (meeting !== from && meeting !== to) cross(way, meeting?.within ?? null);
  const rising = way.length;
  for (let at: Place | null = to; at !== null && at !== meeting; at = at.parent) {
    cross(way, at.down);
  }
  // Those that fall were found from within outwards.
  for (let i = rising, j = way.length - 1; i < j; i++, j--) [way[i], way[j]] = [way[j], way[i]];
  return way;
}

/** Adds a link to the way, unless it is crossed already in the other direction. */
function cross(way: LinkId[], link: LinkId | null): void {
  if (link !== null && !way.includes(link)) way.push(link);
}

function depthOf(place: Place): number {
  let depth = 0;
  for (let at = place.parent; at !== null; at = at.parent) {
    assert(++depth < MAX_DEPTH, "a place lies within itself");
  }
  return depth;
}

/** Far above any real nesting. */
const MAX_DEPTH = 100;
