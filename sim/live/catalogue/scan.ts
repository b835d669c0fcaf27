import { InputError } from "../../engine/input-error.ts";
import type { Batch, FoundFile } from "./batch.ts";
import type { FileTable } from "./file-table.ts";
import { HAS_MD4 } from "./file-table.ts";
import {
  type Digests,
  Reading,
  type Skipped,
  type SkipReason,
  type TreePart,
  type TreeReader,
} from "./tree/tree-reader.ts";

/** What came of a scan. */
export interface ScanSummary {
  /** Files of the repository that the walk came by. */
  readonly files: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Files that were read again and have the same bytes as before. */
  readonly touched: number;
  /** Files that are being written, left as they were for the next scan. */
  readonly waiting: number;
  /** Bytes that were read. */
  readonly bytes: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  /** The first few of what was skipped for a reason that somebody may want to mend. */
  readonly examples: readonly Skipped[];
  /** Seconds that it took. */
  readonly seconds: number;
}

/** How far a scan has come. */
export interface ScanProgress {
  readonly files: number;
  /** Files whose digests were taken. */
  readonly digested: number;
  readonly bytes: number;
}

export interface ScanParts {
  readonly root: string;
  readonly table: FileTable;
  readonly batch: Batch;
  readonly reader: TreeReader;
  /** Whether MD4 is asked for, too. */
  readonly md4: boolean;
  /** Seconds that a file must have been left alone. */
  readonly settle: number;
  /** Seconds since 1970. */
  readonly wall: () => number;
  /** Writes the batch to the index, takes it over and hands it out. */
  readonly commit: () => Promise<void>;
  readonly onProgress: (progress: ScanProgress) => void;
}

/** A batch is handed out when it has so many files, or so many seconds after the one before. */
const LARGE_BATCH = 1024;
const OLD_BATCH = 5;

/** What is read between two looks at the clock, files and bytes. */
const MOST_READ_FILES = 256;
const MOST_READ_BYTES = 1 << 27;

const MOST_EXAMPLES = 10;

/** One walk through the tree: reads what is new or was written to, and tells what is gone. */
export class Scan {
  readonly #parts: ScanParts;
  readonly #started: number;
  /** A bit for each file known at the beginning that is still there. */
  readonly #seen: Uint8Array;
  readonly #known: number;
  readonly #unknown: string[] = [];
  readonly #examples: Skipped[] = [];
  readonly #skipped: Record<SkipReason, number> = {
    ...{ hidden: 0, name: 0, outside: 0, loop: 0, dangling: 0, special: 0, unreadable: 0 },
  };
  readonly #counts = { files: 0, added: 0, changed: 0, removed: 0, touched: 0, waiting: 0 };
  #digested = 0;
  #bytes = 0;
  #committed: number;

  constructor(parts: ScanParts) {
    this.#parts = parts;
    this.#started = parts.wall();
    this.#committed = this.#started;
    this.#known = parts.table.count;
    this.#seen = new Uint8Array(Math.ceil(this.#known / 8));
  }

  /** The reader has read so many bytes. */
  read(bytes: number): void {
    this.#bytes += bytes;
    this.#tell();
  }

  /** @throws InputError where the tree cannot be what it was: then nothing is taken for removed. */
  async run(): Promise<ScanSummary> {
    for (;;) {
      const part = await this.#next();
      if (part === null) break;
      this.#skip(part.skipped);
      await this.#read(part, this.#wanted(part));
      this.#tell();
    }
    await this.#removeUnseen();
    await this.#commit();
    return {
      ...{ ...this.#counts, bytes: this.#bytes, skipped: this.#skipped },
      ...{ examples: this.#examples, seconds: this.#parts.wall() - this.#started },
    };
  }

  async #next(): Promise<TreePart | null> {
    try {
      return await this.#parts.reader.next();
    } catch (error) {
      const got = error instanceof Error ? error.message : `${error}`;
      throw new InputError([`${this.#parts.root}: expected a tree that can be read; got "${got}"`]);
    }
  }

  /** Which files of the part must be read. */
  #wanted(part: TreePart): number[] {
    const { table, md4, settle, wall } = this.#parts;
    const now = wall();
    const wanted: number[] = [];
    this.#counts.files += part.paths.length;
    for (let i = 0; i < part.paths.length; i++) {
      const file = table.paths.find(part.paths[i]);
      const isKnown =
        table.has(file) &&
        table.size(file) === part.sizes[i] &&
        table.seconds(file) === part.seconds[i] &&
        table.stamp(file) === part.stamps[i] &&
        (!md4 || (table.flags(file) & HAS_MD4) !== 0);
      // A time to come tells of a wrong clock, not of a file that is being written.
      const isFresh = Math.abs(now - part.seconds[i]) < settle;
      if (isKnown) this.#see(file);
      else if (isFresh) this.#wait(file);
      else wanted.push(i);
    }
    return wanted;
  }

  async #read(part: TreePart, wanted: readonly number[]): Promise<void> {
    for (let from = 0; from < wanted.length; ) {
      let bytes = 0;
      let to = from;
      while (to < wanted.length && to < from + MOST_READ_FILES && bytes < MOST_READ_BYTES) {
        bytes += part.sizes[wanted[to++]];
      }
      const paths = wanted.slice(from, to).map((i) => part.paths[i]);
      const digests = await this.#parts.reader.digest(paths);
      for (let i = 0; i < paths.length; i++) this.#take(paths[i], digests, i);
      await this.#commitIfDue();
      from = to;
    }
  }

  #take(path: string, digests: Digests, at: number): void {
    const file = this.#parts.table.paths.find(path);
    const reading = digests.readings[at];
    if (reading === Reading.UNSETTLED) this.#wait(file);
    else if (reading === Reading.UNREADABLE) this.#skip([{ reason: "unreadable", path }], false);
    else if (reading === Reading.DIGESTED) {
      this.#see(file);
      this.#digested++;
      const kind = this.#parts.batch.put(path, foundAt(digests, at));
      this.#counts[kind === "added" || kind === "changed" ? kind : "touched"]++;
    }
  }

  #wait(file: number): void {
    this.#counts.waiting++;
    this.#see(file);
  }

  #see(file: number): void {
    if (file >= 0 && file < this.#known) this.#seen[file >> 3] |= 1 << (file & 7);
  }

  #skip(skipped: readonly Skipped[], isUnknown = true): void {
    for (const each of skipped) {
      this.#skipped[each.reason]++;
      if (each.reason === "unreadable" && isUnknown) this.#unknown.push(each.path);
      const isWanted = each.reason !== "hidden" && this.#examples.length < MOST_EXAMPLES;
      if (isWanted) this.#examples.push(each);
    }
  }

  async #removeUnseen(): Promise<void> {
    const { table, batch, root } = this.#parts;
    if (this.#counts.files === 0 && table.there > 0) {
      throw new InputError([
        `${root}: expected some of its ${table.there} files; got none: is its disk there?`,
      ]);
    }
    for (let file = 0; file < this.#known; file++) {
      const isSeen = (this.#seen[file >> 3] & (1 << (file & 7))) !== 0;
      if (isSeen || !table.has(file) || this.#isUnknown(table.paths.at(file))) continue;
      batch.remove(file);
      this.#counts.removed++;
      await this.#commitIfDue();
    }
  }

  /** Whether it lies below what could not be looked at, and so may well be there. */
  #isUnknown(path: string): boolean {
    return this.#unknown.some((each) => path === each || path.startsWith(`${each}/`));
  }

  async #commitIfDue(): Promise<void> {
    const { batch, wall } = this.#parts;
    const isOld = batch.length > 0 && wall() - this.#committed >= OLD_BATCH;
    if (isOld || batch.length >= LARGE_BATCH) await this.#commit();
  }

  async #commit(): Promise<void> {
    if (this.#parts.batch.length > 0) await this.#parts.commit();
    this.#committed = this.#parts.wall();
  }

  #tell(): void {
    const { files } = this.#counts;
    this.#parts.onProgress({ files, digested: this.#digested, bytes: this.#bytes });
  }
}

function foundAt(digests: Digests, at: number): FoundFile {
  return {
    size: digests.sizes[at],
    seconds: digests.seconds[at],
    stamp: digests.stamps[at],
    sha256: digests.sha256.subarray(32 * at, 32 * at + 32),
    md4: digests.md4?.subarray(16 * at, 16 * at + 16) ?? null,
  };
}
