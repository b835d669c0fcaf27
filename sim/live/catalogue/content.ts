import type { FileTable } from "./file-table.ts";

/** Files are sorted into so many buckets by the first two bytes of their digests. */
const BUCKETS = 1 << 16;

/**
 * Tells files with the same bytes: those of the same size and SHA-256. All that were known at one time lie
 * in buckets, four bytes a file; those that came since in a Map by their digests' first bytes. Nothing is
 * built until the first question, and again only when many have come. What an entry says is checked
 * against the table: files that went or changed need no removal.
 */
export class Content {
  readonly #table: FileTable;
  #ends: Uint32Array | null = null;
  #members = new Uint32Array(0);
  readonly #recent = new Map<number, number[]>();
  #recentCount = 0;

  constructor(table: FileTable) {
    this.#table = table;
  }

  /** The file has come, or has other bytes. */
  add(file: number): void {
    if (this.#ends === null) return;
    const key = this.#key(file);
    const alike = this.#recent.get(key);
    if (alike === undefined) this.#recent.set(key, [file]);
    else alike.push(file);
    this.#recentCount++;
  }

  /** The other files with the same bytes, by number. */
  identical(file: number): number[] {
    const table = this.#table;
    if (!table.has(file)) return [];
    const ends = this.#built();
    const bucket = this.#bucket(file);
    const found = new Set<number>();
    const look = (other: number) => {
      if (other !== file && this.#isAlike(file, other)) found.add(other);
    };
    const start = bucket === 0 ? 0 : ends[bucket - 1];
    for (let at = start; at < ends[bucket]; at++) look(this.#members[at]);
    for (const other of this.#recent.get(this.#key(file)) ?? []) look(other);
    return [...found].sort((a, b) => a - b);
  }

  #isAlike(file: number, other: number): boolean {
    const table = this.#table;
    if (table.size(file) !== table.size(other) || !table.has(other)) return false;
    return table.sha256.equals(other, table.sha256.get(file), 0);
  }

  /** Where each bucket ends. */
  #built(): Uint32Array {
    const { count } = this.#table;
    if (this.#ends !== null && this.#recentCount < 1024 + count / 16) return this.#ends;
    const ends = new Uint32Array(BUCKETS);
    for (let file = 0; file < count; file++) ends[this.#bucket(file)]++;
    for (let bucket = 1; bucket < BUCKETS; bucket++) ends[bucket] += ends[bucket - 1];
    const members = new Uint32Array(count);
    const free = ends.slice();
    for (let file = count - 1; file >= 0; file--) members[--free[this.#bucket(file)]] = file;
    this.#members = members;
    this.#ends = ends;
    this.#recent.clear();
    this.#recentCount = 0;
    return ends;
  }

  #bucket(file: number): number {
    const { sha256 } = this.#table;
    return (sha256.byte(file, 0) << 8) | sha256.byte(file, 1);
  }

  #key(file: number): number {
    const { sha256 } = this.#table;
    return (this.#bucket(file) << 16) | (sha256.byte(file, 2) << 8) | sha256.byte(file, 3);
  }
}
