import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Event, JournalHead } from "../../coordinator/index.ts";
import { recordsIn, type SegmentFiles } from "./segments.ts";

/** What decides, beside the state: the same three make the same coordinator again. */
export type Deciding = Pick<JournalHead, "seed" | "settings" | "policies">;

/** What could not be written down before a segment: its snapshot has come of that, too. */
export interface Gap {
  /** Records; null where that cannot be known. */
  readonly unrecorded: number | null;
  /** Host time between which they were told, in seconds; `from` is that of the first. */
  readonly from: number;
  readonly to: number;
}

/** What the head of a segment says of it, among what the host has put there. */
export interface SegmentFacts {
  /** The segment that it goes on from, and its whole lines; null for the first, and after a gap. */
  readonly follows: { readonly segment: number; readonly lines: number } | null;
  readonly gap: Gap | null;
}

export function factsIn({ host }: JournalHead): SegmentFacts {
  const { follows = null, gap = null } = host as Partial<SegmentFacts>;
  return { follows, gap };
}

/** The head of a segment, or null where there is none, or none that is whole. */
export function headOf({ journal }: SegmentFiles): JournalHead | null {
  if (!existsSync(journal)) return null;
  try {
    for (const record of recordsIn(journal)) return record.kind === "began" ? record.head : null;
    return null;
  } catch {
    return null; // What is wrong with it is told when it is read.
  }
}

/** What decides after an event that changes it. */
export function decidingAfter(before: Deciding, event: Event): Deciding {
  const { settings, policies } = before;
  switch (event.kind) {
    case "dispatch-changed":
      return { ...before, policies: { ...policies, dispatch: event.policy } };
    case "uplink-changed":
      return { ...before, settings: { ...settings, uplink: event.uplink } };
    default:
      return before;
  }
}

export function decidesAlike(one: Deciding, other: Deciding): boolean {
  return isDeepStrictEqual(partsOf(one), partsOf(other));
}

function partsOf({ seed, settings, policies }: Deciding): Deciding {
  return { seed, settings, policies };
}
