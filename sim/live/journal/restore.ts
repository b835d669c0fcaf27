import { existsSync } from "node:fs";
import {
  type ActionKind,
  apply,
  type Coordinator,
  type Event,
  type JournalEnding,
  JournalError,
  type JournalHead,
  type Named,
  type OwnMembers,
} from "../../coordinator/index.ts";
import { InputError } from "../../engine/input-error.ts";
import { adoptedState } from "./adopted-state.ts";
import { type KeptState, keptIn } from "./kept-state.ts";
import { type Deciding, decidesAlike, decidingAfter, factsIn, headOf } from "./segment-head.ts";
import { recordsIn, type SegmentFiles, segmentsIn } from "./segments.ts";

/** What the host of the coordinator does while its journal is told again. */
export interface RestoringHost {
  /** A coordinator that decides so, and has been told nothing. */
  make(deciding: Deciding): Coordinator;
  /** Takes over what the snapshot holds for it: `host` of what it saved. */
  load(host: unknown): void;
  /** Hears of every record after the snapshot, in order; events have been applied. */
  heard(record: Named | Event): void;
  /** Hears of what the coordinator said was to be done, after the event that it came of. */
  act?(kind: ActionKind, volunteer: number, subject: number): void;
  /** By what it decides from now on. The seed is that of the journal. */
  readonly wanted: Omit<Deciding, "seed">;
  readonly own?: OwnMembers;
}

export interface Restored {
  readonly coordinator: Coordinator;
  readonly deciding: Deciding;
  /** What was found damaged and what was done about it, a sentence each. */
  readonly notes: readonly string[];
  /** The segment that was told last, and its end; null where not all of it could be told. */
  readonly last: { readonly segment: number; readonly ending: JournalEnding } | null;
  /** Whether its journal can be gone on with, once it is cut to its whole lines. */
  readonly goesOn: boolean;
  /** The segment whose snapshot is the newest that is whole. */
  readonly kept: number;
  /** Records may be missing: those that were damaged, or written before a gap. */
  readonly isIncomplete: boolean;
}

/**
 * The coordinator as it was when the last record was written: the newest snapshot that is whole, and all
 * records after it. Null where the folder holds no journal.
 *
 * @throws InputError where there are journals, and no snapshot that is whole.
 */
export function restore(folder: string, host: RestoringHost): Restored | null {
  const segments = segmentsIn(folder);
  const notes: string[] = [];
  const start = newestWhole(segments, notes);
  if (start === null) {
    if (segments.every(isFirstStart)) return null;
    const what = `${folder}: expected a journal with a snapshot that is whole`;
    throw new InputError([`${what}; move the folder away to begin another`, ...notes]);
  }
  const chain = new Chain(start, host, notes);
  for (const segment of segments) {
    if (segment.number >= start.segment.number && !chain.follow(segment)) break;
  }
  return chain.restored(host.wanted);
}

interface Start {
  readonly segment: SegmentFiles;
  readonly head: JournalHead;
  readonly state: KeptState;
}

function newestWhole(segments: readonly SegmentFiles[], notes: string[]): Start | null {
  for (const segment of segments.toReversed()) {
    const head = headOf(segment);
    if (head === null) continue;
    const state = keptIn(segment.snapshot, head.snapshot);
    if (typeof state !== "string") return { segment, head, state };
    notes.push(`${segment.snapshot}: ${state}; the one before it was taken`);
  }
  return null;
}

/** Whether it was begun by a server that was ended before it had answered anybody. */
function isFirstStart(segment: SegmentFiles): boolean {
  if (existsSync(segment.snapshot)) return false;
  const head = headOf(segment);
  if (head === null) return true;
  const { follows, gap } = factsIn(head);
  return follows === null && gap === null;
}

/** Segments that are told one after the other. */
class Chain {
  readonly #host: RestoringHost;
  readonly #kept: number;
  readonly #notes: string[];
  #coordinator: Coordinator;
  #deciding: Deciding;
  #last: Restored["last"] = null;
  #isIncomplete = false;

  constructor({ segment, head, state }: Start, host: RestoringHost, notes: string[]) {
    this.#host = host;
    this.#kept = segment.number;
    this.#notes = notes;
    this.#deciding = head;
    this.#coordinator = host.make(head);
    this.#coordinator.load(state.coordinator);
    host.load(state.host);
  }

  /** Tells the records of the next segment; returns whether another can follow it. */
  follow(segment: SegmentFiles): boolean {
    const head = headOf(segment);
    if (head === null) return true; // It was not begun, and whatever follows it does not follow on it.
    if (segment.number !== this.#kept && !this.#joins(segment, head)) return false;
    this.#decideBy(head);
    try {
      this.#last = { segment: segment.number, ending: this.#tell(segment) };
      return true;
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      this.#giveUp(`${segment.journal}:${error.message}; what stands behind it is lost`);
      return false;
    }
  }

  #joins({ journal }: SegmentFiles, head: JournalHead): boolean {
    const { follows } = factsIn(head);
    const lines = this.#last?.ending.lines;
    if (follows?.segment === this.#last?.segment && follows?.lines === lines) return true;
    this.#giveUp(`${journal}: records before it are missing, and its snapshot too; it is lost`);
    return false;
  }

  #giveUp(note: string): void {
    this.#notes.push(note);
    this.#last = null;
    this.#isIncomplete = true;
  }

  #tell(segment: SegmentFiles): JournalEnding {
    const records = recordsIn(segment.journal);
    for (;;) {
      const next = records.next();
      if (next.done) return next.value;
      const record = next.value;
      if (record.kind === "began") continue;
      if (record.kind !== "named") {
        apply(this.#coordinator, record, this.#host.own);
        this.#coordinator.actions.take((...action) => this.#host.act?.(...action));
        this.#deciding = decidingAfter(this.#deciding, record);
      }
      this.#host.heard(record);
    }
  }

  /** Has another coordinator take over where it is to decide otherwise. */
  #decideBy(deciding: Deciding): void {
    if (decidesAlike(this.#deciding, deciding)) return;
    const make = (by: Deciding) => this.#host.make(by);
    const saved = adoptedState(this.#coordinator.save(), this.#deciding, deciding, make);
    this.#coordinator = make(deciding);
    this.#coordinator.load(saved);
    this.#deciding = deciding;
  }

  restored(wanted: RestoringHost["wanted"]): Restored {
    const before = this.#deciding;
    this.#decideBy({ ...wanted, seed: before.seed });
    return {
      goesOn: this.#last?.segment === this.#kept && this.#deciding === before,
      coordinator: this.#coordinator,
      deciding: this.#deciding,
      notes: this.#notes,
      last: this.#last,
      kept: this.#kept,
      isIncomplete: this.#isIncomplete,
    };
  }
}
