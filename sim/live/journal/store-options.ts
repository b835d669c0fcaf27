import type { FileCalls } from "./group-commit.ts";
import type { KeptState } from "./kept-state.ts";
import type { Deciding } from "./segment-head.ts";

export interface StoreOptions {
  /** Where the segments are; it is there already. */
  readonly folder: string;
  /** Seconds for which what was written is kept at least. */
  readonly retention: number;
  /** Bytes and seconds after which another segment begins. */
  readonly rotateBytes: number;
  readonly rotateEvery: number;
  /** Seconds between two attempts to record again. */
  readonly retryEvery: number;
  /** By what the coordinator decides at first, where it was not restored. */
  readonly deciding: Deciding;
  /** What else is to stand in the head of a segment that begins now: plain data. */
  facts(): Readonly<Record<string, unknown>>;
  /** All that is known, for a snapshot: what it gives is not changed before it has been copied. */
  save(): KeptState;
  /** Milliseconds since 1970. */
  now?(): number;
  readonly calls?: FileCalls;
}

export interface JournalStatus {
  /** Whether what is decided now will be found again after a restart. */
  readonly isRecording: boolean;
  /** Records since the start that were not written down. */
  readonly unrecorded: number;
  readonly segment: number;
  /** Lines of the segment's journal, and those that wait to be written. */
  readonly records: number;
  readonly queued: number;
  /** Of the segment's journal, as far as they are written. */
  readonly bytes: number;
  /** Milliseconds since 1970 of the last fsync that ended; null for none. */
  readonly lastSync: number | null;
  /** Milliseconds since 1970 at which the segment, and its snapshot, began; null for none. */
  readonly begun: number | null;
  readonly lastError: string | null;
  /** Size of the newest snapshot, and for how many seconds it stopped the server; null for none. */
  readonly snapshot: { readonly bytes: number; readonly seconds: number } | null;
}
