import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  bindPolicies,
  Coordinator,
  type CoordinatorState,
  type JournalHead,
  type OwnMembers,
  seededChance,
  snapshotOf,
} from "../../coordinator/index.ts";
import { InputError } from "../../engine/input-error.ts";
import { keptPaths } from "../../live/catalogue/kept-paths.ts";
import { adoptedState } from "../../live/journal/adopted-state.ts";
import { keptIn } from "../../live/journal/kept-state.ts";
import { type Deciding, factsIn, type Gap, headOf } from "../../live/journal/segment-head.ts";
import { type SegmentFiles, segmentsIn } from "../../live/journal/segments.ts";
import type { PathsElsewhere } from "./paths.ts";
import { ownMembersOf, type ReplayedJournal, replayJournal } from "./replay-journal.ts";

/** How a segment begins, seen from the end of the one before it. */
export type Joint =
  /** None before it is there, or it follows none. */
  | "first"
  /** Its snapshot is the state at the end of the one before, to the byte. */
  | "same"
  /** It is not. */
  | "differs"
  /** Something was not recorded in between. */
  | "gap"
  /** Its snapshot is lost: it was told on from the end of the one before. */
  | "without snapshot";

export interface ReplayedSegment {
  readonly journal: string;
  readonly joint: Joint;
  readonly gap: Gap | null;
  readonly replayed: ReplayedJournal;
}

export interface ReplayedFolder {
  readonly segments: readonly ReplayedSegment[];
  /** What could not be replayed, and why, a sentence each. */
  readonly notes: readonly string[];
}

/** The state and what decides at the end of a segment. */
interface End {
  readonly segment: number;
  readonly state: CoordinatorState;
  readonly deciding: Deciding;
}

/**
 * Tells all segments of a server's journal again, each from its snapshot, and compares where one ends
 * with where the next begins. `folder`: of the server's state, or of its journal alone.
 *
 * @throws InputError when there is no journal, or one is damaged.
 */
export async function replayFolder(folder: string): Promise<ReplayedFolder> {
  const inner = join(folder, "journal");
  const segments = segmentsIn(existsSync(inner) ? inner : folder);
  const index = join(folder, "catalogue");
  const paths = existsSync(join(index, "index")) ? keptPaths(index) : undefined;
  const notes: string[] = [];
  const replayed: ReplayedSegment[] = [];
  let before: End | null = null;
  for (const segment of segments) {
    const head = headOf(segment);
    if (head === null) {
      notes.push(`${segment.journal}: left out, as it was not begun`);
      continue;
    }
    const told: Told | string = await replaySegment(segment, head, before, paths);
    if (typeof told === "string") {
      notes.push(told);
      before = null;
    } else {
      replayed.push(told.replayed);
      before = told.end;
    }
  }
  if (replayed.length > 0) return { segments: replayed, notes };
  throw new InputError([`${folder}: expected the journal of a server, or its state`, ...notes]);
}

interface Told {
  readonly replayed: ReplayedSegment;
  readonly end: End | null;
}

/** Returns in one sentence why a segment cannot be told. */
async function replaySegment(
  { number, journal, snapshot }: SegmentFiles,
  head: JournalHead,
  before: End | null,
  paths: PathsElsewhere | undefined,
): Promise<Told | string> {
  const own = await ownMembersOf(head);
  const { follows, gap } = factsIn(head);
  const isNext = before !== null && follows?.segment === before.segment;
  const expected = isNext ? adopted(before, head, own) : null;
  const kept = keptIn(snapshot, head.snapshot);
  if (typeof kept === "string" && expected === null) return `${snapshot}: ${kept}; left out`;
  let end: End | null = null;
  const replayed = await replayJournal(journal, snapshot, {
    paths,
    state: typeof kept === "string" ? (expected ?? undefined) : kept.coordinator,
    watch: {
      ...{ kept: ignored, named: ignored, answered: ignored },
      ended({ coordinator }, deciding) {
        end = { segment: number, state: coordinator.save(), deciding };
      },
    },
  });
  const found = typeof kept === "string" ? null : kept.coordinator;
  return { replayed: { journal, joint: jointOf(gap, expected, found), gap, replayed }, end };
}

function jointOf(
  gap: Gap | null,
  expected: CoordinatorState | null,
  found: CoordinatorState | null,
): Joint {
  if (gap !== null) return "gap";
  if (found === null) return "without snapshot";
  if (expected === null) return "first";
  const isSame = Buffer.compare(snapshotOf(expected), snapshotOf(found)) === 0;
  return isSame ? "same" : "differs";
}

/** The state with which the next segment is to begin. */
function adopted({ state, deciding }: End, head: JournalHead, own: OwnMembers): CoordinatorState {
  return adoptedState(
    state,
    deciding,
    head,
    ({ settings, policies, seed }) =>
      new Coordinator({
        settings,
        policies: bindPolicies(policies, own),
        chance: seededChance(seed),
        pathOf: () => "",
      }),
  );
}

function ignored(): void {}
