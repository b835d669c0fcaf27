import type { Belief } from "../policies/index.ts";
import { BitTable } from "./bit-table.ts";
import type { Catalogue } from "./catalogue.ts";
import { type FileSet, forEachFile } from "./file-set.ts";

/**
 * Who is believed to hold what, and why: it has announced the file (`listed`), the server has compared
 * its copy (`verified`), the file has changed since it announced it (`stale`), or it was told to fetch
 * it and has not announced it yet (`partial`).
 */
export class Beliefs {
  readonly #listed = new BitTable();
  readonly #verified = new BitTable();
  readonly #stale = new BitTable();
  readonly #assigned = new BitTable();
  /** Volunteers that fetch what they are asked for, as bits of the words of a row. */
  #caches: number[] = [];

  reserve(files: number, volunteers: number): void {
    this.#listed.reserve(files, volunteers);
    this.#assigned.reserve(files, volunteers);
  }

  /** The volunteer can be asked for everything: it fetches what it does not hold. */
  caches(volunteer: number, does: boolean): void {
    const word = volunteer >> 5;
    while (this.#caches.length <= word) this.#caches.push(0);
    const bit = 1 << (volunteer & 31);
    this.#caches[word] = does ? this.#caches[word] | bit : this.#caches[word] & ~bit;
  }

  /** The volunteer has told that it has the file as it is now. */
  list(volunteer: number, file: number): void {
    this.#listed.add(file, volunteer);
    this.#stale.remove(file, volunteer);
  }

  /** The volunteer has told all that it holds: nothing else is believed of it any more. */
  listAll(volunteer: number, held: FileSet, catalogue: Pick<Catalogue, "count" | "has">): void {
    this.#listed.clearColumn(volunteer);
    this.#stale.clearColumn(volunteer);
    this.#listed.reserve(catalogue.count, volunteer + 1);
    forEachFile(held, catalogue.count, (file) => {
      if (catalogue.has(file)) this.#listed.add(file, volunteer);
    });
    this.#verified.keepColumn(volunteer, this.#listed);
  }

  /** The volunteer is no longer believed to hold the file. */
  forget(volunteer: number, file: number): void {
    this.#listed.remove(file, volunteer);
    this.#verified.remove(file, volunteer);
    this.#stale.remove(file, volunteer);
  }

  /** The file has changed: who had it has an older one. */
  change(file: number): void {
    this.#stale.addRow(file, this.#listed);
    this.#listed.clearRow(file);
    this.#verified.clearRow(file);
  }

  /** The file is no more. */
  removeFile(file: number): void {
    for (const table of [this.#listed, this.#verified, this.#stale, this.#assigned]) {
      table.clearRow(file);
    }
  }

  /** The server has compared the volunteer's copy with its digest. */
  compare(volunteer: number, file: number, isAuthentic: boolean): void {
    // The file may have changed or gone since the copy was asked for.
    if (isAuthentic && this.#listed.has(file, volunteer)) this.#verified.add(file, volunteer);
    else this.#verified.remove(file, volunteer);
  }

  /** The volunteer is to hold the file, or not to. */
  assign(volunteer: number, file: number): void {
    this.#assigned.add(file, volunteer);
  }

  unassign(volunteer: number, file: number): void {
    this.#assigned.remove(file, volunteer);
  }

  isAssigned(volunteer: number, file: number): boolean {
    return this.#assigned.has(file, volunteer);
  }

  /** Words of 32 volunteers that `word` may be asked for. */
  get words(): number {
    const tables = Math.max(this.#listed.wordsPerRow, this.#assigned.wordsPerRow);
    return Math.max(tables, this.#stale.wordsPerRow, this.#caches.length);
  }

  /** Of the `word`-th 32 volunteers, a bit for each of whom something is believed about the file. */
  believed(file: number, word: number): number {
    const told = this.#listed.word(file, word) | this.#stale.word(file, word);
    return told | this.#assigned.word(file, word) | (this.#caches[word] ?? 0);
  }

  /** Of the `word`-th 32 volunteers, a bit for each that has listed the file and is not verified. */
  listed(file: number, word: number): number {
    return this.#listed.word(file, word) & ~this.#verified.word(file, word);
  }

  /** What is believed of one of those. A cache counts as one that has listed the file. */
  of(volunteer: number, file: number): Belief {
    if (this.#listed.has(file, volunteer)) {
      return this.#verified.has(file, volunteer) ? "verified" : "listed";
    }
    if (((this.#caches[volunteer >> 5] ?? 0) & (1 << (volunteer & 31))) !== 0) return "listed";
    return this.#stale.has(file, volunteer) ? "stale" : "partial";
  }

  /**
   * For the files from `from` to before `to`, adds one to each volunteer's count that has listed one, and
   * in `verified` to that of each whose copy has been compared.
   */
  count(from: number, to: number, listed: Uint32Array, verified: Uint32Array): void {
    const { wordsPerRow } = this.#listed;
    for (let file = from; file < to; file++) {
      for (let word = 0; word < wordsPerRow; word++) {
        addBits(this.#listed.word(file, word), word, listed);
        addBits(this.#verified.word(file, word), word, verified);
      }
    }
  }

  /** Bytes that the tables take. */
  get bytes(): number {
    const { bytes } = this.#listed;
    return bytes + this.#verified.bytes + this.#stale.bytes + this.#assigned.bytes;
  }

  save() {
    return {
      listed: this.#listed.save(),
      verified: this.#verified.save(),
      stale: this.#stale.save(),
      assigned: this.#assigned.save(),
      caches: [...this.#caches],
    };
  }

  load({ listed, verified, stale, assigned, caches }: ReturnType<Beliefs["save"]>): void {
    this.#listed.load(listed);
    this.#verified.load(verified);
    this.#stale.load(stale);
    this.#assigned.load(assigned);
    this.#caches = [...caches];
  }
}

function addBits(word: number, number: number, counts: Uint32Array): void {
  for (let left = word; left !== 0; left &= left - 1) {
    counts[32 * number + 31 - Math.clz32(left & -left)]++;
  }
}
