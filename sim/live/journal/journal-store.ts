import { close, closeSync, existsSync, fsync, ftruncate, openSync, write } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  type Event,
  type JournalRecord,
  JournalWriter,
  type Named,
  snapshotOf,
} from "../../coordinator/index.ts";
import { sha256 } from "../../experiment/file-digest.ts";
import { type CommitFailure, type FileCalls, GroupCommit } from "./group-commit.ts";
import { writeDurably } from "./kept-state.ts";
import type { Restored } from "./restore.ts";
import { removeOld } from "./retention.ts";
import { type Deciding, decidingAfter, type SegmentFacts } from "./segment-head.ts";
import { type SegmentFiles, segmentFiles, segmentsIn } from "./segments.ts";
import type { JournalStatus, StoreOptions } from "./store-options.ts";
import { writeNow } from "./write-now.ts";

interface Segment {
  readonly files: SegmentFiles;
  readonly fd: number;
  readonly commit: GroupCommit;
  readonly writer: JournalWriter;
  readonly begun: number;
  bytes: number;
  /** Nothing leads to it before its snapshot is in its place: it is the first, or follows a gap. */
  isProvisional: boolean;
}

/**
 * The journal of a server, in a folder of segments: a snapshot each, and what was told after it. What
 * `written` has called back for is there after the process is killed at any moment. Where nothing can be
 * written, the server goes on; what is not recorded is counted, and when there is room again a segment
 * begins whose head tells of the gap.
 */
export class JournalStore {
  readonly #options: StoreOptions;
  /** By which lines are written, and by which snapshots, of which each takes a while. */
  readonly #calls: FileCalls;
  readonly #slowCalls: FileCalls;
  readonly #now: () => number;
  #deciding: Deciding;
  #segment: Segment | null = null;
  #newest = 0;
  /** The newest segment whose snapshot is in its place. */
  #kept = 0;
  /** Host time of the last event, in seconds. */
  #at = 0;
  /** What has not been recorded since the last segment that was. */
  #gap: { unrecorded: number | null; from: number } | null = null;
  #unrecorded = 0;
  /** A snapshot or an attempt to record again that is under way. */
  #work: Promise<void> | null = null;
  #retryAt = 0;
  #cleanAt = 0;
  #lastSync: number | null = null;
  #lastError: string | null = null;
  #snapshot: JournalStatus["snapshot"] = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#calls = options.calls ?? { write: writeNow, fsync };
    this.#slowCalls = options.calls ?? { write, fsync };
    this.#now = options.now ?? Date.now;
    this.#deciding = options.deciding;
  }

  /**
   * Goes on with what was restored, or begins a segment where it cannot be gone on with. What was told
   * before is not written: it is in the snapshot.
   */
  async start(restored: Restored | null): Promise<void> {
    const { folder } = this.#options;
    this.#newest = segmentsIn(folder).at(-1)?.number ?? 0;
    this.#at = restored?.coordinator.now ?? 0;
    if (restored !== null) this.#deciding = restored.deciding;
    this.#kept = restored?.kept ?? 0;
    const last = restored?.last ?? null;
    if (restored?.isIncomplete) this.#gap = { unrecorded: null, from: this.#at };
    if (last !== null && restored?.goesOn) await this.#goOn(last);
    else {
      const follows = last === null ? null : { segment: last.segment, lines: last.ending.lines };
      const { segment, bytes } = this.#begun(follows, false);
      this.#segment = segment;
      await this.#keep(segment, bytes);
    }
    this.#timer = setInterval(() => this.tick(), 1000).unref();
  }

  async #goOn({ segment, ending }: NonNullable<Restored["last"]>): Promise<void> {
    const files = segmentFiles(this.#options.folder, segment);
    const fd = openSync(files.journal, "r+");
    await promisify(ftruncate)(fd, ending.bytes);
    closeSync(fd);
    this.#segment = this.#opened(files, "a", ending.lines, false);
    this.#segment.bytes = ending.bytes;
    this.#segment.isProvisional = false;
  }

  /** Writes down what was told. */
  write(event: Event): void {
    if (this.#segment === null) return;
    this.#at = event.at;
    this.#deciding = decidingAfter(this.#deciding, event);
    this.#record(event);
  }

  /** Writes down a name that the host has given to a number. */
  name(record: Named): void {
    if (this.#segment !== null) this.#record(record);
  }

  #record(record: JournalRecord): void {
    const { commit, writer } = this.#segment as Segment;
    if (commit.hasFailed) this.#miss(1, this.#at);
    else writer.write(record);
  }

  /** Calls back, in order, when all that was handed over so far has been written, or given up. */
  written(then: () => void): void {
    if (this.#segment === null) then();
    else this.#segment.commit.written(then);
  }

  get status(): JournalStatus {
    const segment = this.#segment;
    return {
      isRecording: segment !== null && !segment.commit.hasFailed && this.#gap === null,
      unrecorded: this.#unrecorded,
      segment: segment?.files.number ?? 0,
      records: segment?.writer.lines ?? 0,
      queued: segment?.commit.queued ?? 0,
      begun: segment?.begun ?? null,
      bytes: segment?.bytes ?? 0,
      lastSync: this.#lastSync,
      lastError: this.#lastError,
      snapshot: this.#snapshot,
    };
  }

  /** Does what is due. Called each second; tests call it. */
  tick(): void {
    const segment = this.#segment;
    if (segment === null) return;
    if (segment.commit.hasUnsynced && !segment.commit.hasFailed) this.#sync(segment);
    if (this.#work !== null) return;
    const work = this.#due(segment);
    this.#work = work?.catch((error) => this.#tellError(error)) ?? null;
    void this.#work?.then(() => {
      this.#work = null;
    });
  }

  #due(segment: Segment): Promise<void> | null {
    const { rotateBytes, rotateEvery, retryEvery, folder, retention } = this.#options;
    const now = this.#now();
    if (segment.commit.hasFailed) {
      if (now < this.#retryAt) return null;
      this.#retryAt = now + 1000 * retryEvery;
      return this.#retry(segment);
    }
    const isFull = segment.bytes >= rotateBytes || now >= segment.begun + 1000 * rotateEvery;
    if (isFull) return this.#rotate(segment);
    if (now < this.#cleanAt) return null;
    this.#cleanAt = now + CLEAN_EVERY;
    return removeOld(folder, this.#kept, now - 1000 * retention);
  }

  /** Resolves when no snapshot, attempt or removal is under way. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Writes what is left, and puts it on the disk. Nothing may be told after it. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#work;
    const segment = this.#segment;
    this.#segment = null;
    if (segment !== null) await this.#closed(segment);
  }

  // Segments.

  /** Another segment, while the one before is still written. */
  async #rotate(before: Segment): Promise<void> {
    const follows = { segment: before.files.number, lines: before.writer.lines };
    const { segment, bytes } = this.#begun(follows, true);
    if (segment.commit.hasFailed) return;
    this.#segment = segment;
    await new Promise<void>((resolve) => {
      before.commit.written(() => {
        segment.isProvisional = before.commit.hasFailed;
        if (segment.isProvisional) segment.commit.fail(new Error("the segment before it failed"));
        segment.commit.release();
        resolve();
      });
    });
    await this.#closed(before);
    await this.#keep(segment, bytes);
  }

  /** Tries to record again: first whether there is room, since a snapshot stops the server. */
  async #retry(before: Segment): Promise<void> {
    this.#gap ??= { unrecorded: 0, from: this.#at };
    const probe = join(this.#options.folder, "probe");
    try {
      await writeDurably(
        probe,
        Buffer.alloc((this.#snapshot?.bytes ?? 0) + SPARE),
        this.#slowCalls,
      );
    } finally {
      await rm(probe, { force: true });
    }
    const { segment, bytes } = this.#begun(null, false);
    if (segment.commit.hasFailed) return;
    this.#segment = segment;
    await this.#closed(before);
    await this.#keep(segment, bytes);
  }

  /** A segment that begins with what is known now; its snapshot is still to be written. */
  #begun(follows: SegmentFacts["follows"], isHeld: boolean) {
    const began = performance.now();
    const bytes = snapshotOf(this.#options.save());
    const segment = this.#opened(
      segmentFiles(this.#options.folder, ++this.#newest),
      "wx",
      0,
      isHeld,
    );
    const gap = this.#gap === null ? null : { ...this.#gap, to: this.#at };
    if (!segment.commit.hasFailed) {
      segment.writer.begin({
        ...this.#deciding,
        snapshot: sha256(bytes),
        host: { ...this.#options.facts(), follows, gap },
      });
    }
    const seconds = (performance.now() - began) / 1000;
    this.#snapshot = { bytes: bytes.length, seconds };
    return { segment, bytes };
  }

  /** A segment whose file could not be opened has failed from the beginning. */
  #opened(files: SegmentFiles, flags: string, lines: number, isHeld: boolean): Segment {
    let fd = -1;
    let problem: Error | null = null;
    try {
      fd = openSync(files.journal, flags);
    } catch (error) {
      problem = error as Error;
    }
    const commit = new GroupCommit(
      fd,
      this.#calls,
      {
        onWritten: (bytes) => {
          segment.bytes += bytes;
        },
        onFailed: (failure) => this.#failed(segment, failure),
      },
      isHeld,
    );
    const writer = new JournalWriter((line) => commit.line(line, this.#at), lines);
    const isProvisional = this.#gap !== null || this.#kept === 0;
    const segment: Segment = {
      ...{ files, fd, commit, writer, isProvisional },
      ...{ begun: this.#now(), bytes: 0 },
    };
    if (problem !== null) commit.fail(problem);
    return segment;
  }

  /** Puts a segment's snapshot in its place. */
  async #keep(segment: Segment, bytes: Uint8Array): Promise<void> {
    const { files, commit } = segment;
    try {
      if (!commit.hasFailed) await writeDurably(files.snapshot, bytes, this.#slowCalls);
    } catch (error) {
      this.#tellError(error);
      if (segment.isProvisional) commit.fail(error as Error);
    }
    await new Promise<void>((resolve) => commit.written(resolve));
    if (segment.isProvisional && commit.hasFailed) {
      await rm(files.journal, { force: true });
      await rm(files.snapshot, { force: true });
    } else if (segment.bytes > 0 && existsSync(files.snapshot)) {
      this.#kept = files.number;
      if (segment.isProvisional) this.#gap = null;
      segment.isProvisional = false;
    }
  }

  async #closed({ fd, commit }: Segment): Promise<void> {
    await new Promise<void>((resolve) => commit.written(resolve));
    if (fd < 0) return;
    if (commit.hasUnsynced) await promisify(fsync)(fd).catch((error) => this.#tellError(error));
    await promisify(close)(fd);
  }

  #sync({ commit }: Segment): void {
    commit.sync((error) => {
      if (error === null) this.#lastSync = this.#now();
      else commit.fail(error);
    });
  }

  // What goes wrong.

  /** Of a segment that nothing leads to, all is lost. */
  #failed({ isProvisional, writer }: Segment, { error, lost, from }: CommitFailure): void {
    this.#tellError(error);
    this.#retryAt = this.#now() + 1000 * this.#options.retryEvery;
    const isEmpty = writer.lines === 0;
    if (!isProvisional) this.#miss(lost, from);
    else if (!isEmpty) this.#miss(writer.lines - 1, this.#at);
  }

  #miss(records: number, from: number): void {
    if (records === 0) return;
    this.#unrecorded += records;
    this.#gap ??= { unrecorded: 0, from };
    if (this.#gap.unrecorded !== null) this.#gap.unrecorded += records;
  }

  #tellError(error: unknown): void {
    this.#lastError = (error as Error).message;
  }
}

/** Milliseconds between two looks for what is older than it need be kept. */
const CLEAN_EVERY = 3_600_000;

/** Bytes for which there is to be room beside the snapshot before anything is recorded again. */
const SPARE = 65_536;
