import {
  type BigIntStats,
  type Dirent,
  lstatSync,
  readdirSync,
  realpathSync,
  statSync,
} from "node:fs";
import { skipReason } from "./names.ts";
import { secondsOf, stampOf } from "./stamp.ts";
import type { Skipped, SkipReason, TreePart } from "./tree-reader.ts";

/** Entries that are looked at for one part. */
const PART = 512;

/** Links to folders in one path: real mirrors need one or two, and each level multiplies the work. */
const MOST_LINKS = 4;

/** A folder whose entries are being walked. */
interface Level {
  /** From the root, with a slash at its end; empty for the root. */
  readonly path: string;
  /** Where it really is. */
  readonly real: string;
  readonly entries: readonly Dirent[];
  next: number;
  /** Links to folders in its path. */
  readonly links: number;
}

/** Walks a tree in the order of names, folder by folder. It waits for the disk: see `worker.ts`. */
export class Walk {
  readonly #root: string;
  readonly #levels: Level[];
  #skipped: Skipped[] = [];
  #paths: string[] = [];
  #stats: BigIntStats[] = [];

  /** @throws Error of Node where the root cannot be read. */
  constructor(root: string) {
    this.#root = realpathSync(root);
    this.#levels = [
      { path: "", real: this.#root, entries: entriesOf(this.#root), next: 0, links: 0 },
    ];
  }

  /** The files that come next; null behind the last. */
  next(): TreePart | null {
    for (let looks = 0; looks < PART; looks++) {
      const level = this.#levels.at(-1);
      if (level === undefined) break;
      if (level.next === level.entries.length) this.#levels.pop();
      else this.#look(level, level.entries[level.next++]);
    }
    const isOver = this.#levels.length === 0;
    if (isOver && this.#paths.length === 0 && this.#skipped.length === 0) return null;
    return this.#part();
  }

  #part(): TreePart {
    const stats = this.#stats;
    const part = {
      paths: this.#paths,
      sizes: Float64Array.from(stats, (each) => Number(each.size)),
      seconds: Uint32Array.from(stats, secondsOf),
      stamps: Uint32Array.from(stats, stampOf),
      skipped: this.#skipped,
    };
    this.#paths = [];
    this.#stats = [];
    this.#skipped = [];
    return part;
  }

  #look(level: Level, entry: Dirent): void {
    const path = level.path + entry.name;
    const reason = skipReason(entry.name) ?? this.#take(level, path, `${level.real}/${entry.name}`);
    if (reason !== null) this.#skipped.push({ reason, path });
  }

  /** Returns why it is left out; null where it is not, or has vanished since its folder was read. */
  #take(level: Level, path: string, at: string): SkipReason | null {
    try {
      const stat = lstatSync(at, { bigint: true });
      if (stat.isSymbolicLink()) return this.#follow(level, path, at);
      return this.#add(path, at, stat, level.links);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ENOENT" ? null : "unreadable";
    }
  }

  #follow(level: Level, path: string, link: string): SkipReason | null {
    const real = targetOf(link);
    if (real === "loop" || real === "dangling") return real;
    if (!this.#isWithin(real)) return "outside";
    const stat = statSync(real, { bigint: true });
    if (!stat.isDirectory()) return this.#add(path, real, stat, level.links);
    const isLoop = level.links === MOST_LINKS || this.#levels.some((each) => each.real === real);
    return isLoop ? "loop" : this.#add(path, real, stat, level.links + 1);
  }

  #add(path: string, real: string, stat: BigIntStats, links: number): SkipReason | null {
    if (stat.isDirectory()) {
      this.#levels.push({ path: `${path}/`, real, entries: entriesOf(real), next: 0, links });
    } else if (stat.isFile()) {
      this.#paths.push(path);
      this.#stats.push(stat);
    } else return "special";
    return null;
  }

  #isWithin(real: string): boolean {
    const root = this.#root === "/" ? "" : this.#root;
    return real === this.#root || real.startsWith(`${root}/`);
  }
}

/** Sorted by code units, which no locale changes. */
function entriesOf(folder: string): Dirent[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where the link leads in the end. */
function targetOf(link: string): string {
  try {
    return realpathSync.native(link);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return "dangling";
    if (code === "ELOOP") return "loop";
    throw error;
  }
}
