import { NONE } from "../link-table.ts";
import type { LimitId } from "./limit-table.ts";

// An entry: the bundle, or `NONE`, its holder and what it crosses.
const ENTRY = 4;
const HOLDER = 1;
const ACROSS = 2;

const FIRST_SIZE = 256; // A power of 2, as all sizes.

/** Finds a bundle by its two limits: a hash table with linear probing, at most half full. */
export class BundleIndex {
  #entries = new Int32Array(FIRST_SIZE * ENTRY).fill(NONE);
  #count = 0;

  /** The bundle, or `NONE`. */
  find(holder: LimitId, across: LimitId): number {
    return this.#entries[this.#place(holder, across)];
  }

  /** The bundle is not in the index yet. */
  add(bundle: number, holder: LimitId, across: LimitId): void {
    if (2 * ++this.#count * ENTRY > this.#entries.length) this.#grow();
    this.#put(this.#place(holder, across), bundle, holder, across);
  }

  /** Entries behind the one removed move up where they would not be found any more. */
  remove(holder: LimitId, across: LimitId): void {
    const entries = this.#entries;
    const mask = entries.length - 1;
    this.#count--;
    let hole = this.#place(holder, across);
    for (let at = (hole + ENTRY) & mask; entries[at] !== NONE; at = (at + ENTRY) & mask) {
      const home = this.#home(entries[at + HOLDER], entries[at + ACROSS]);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      this.#put(hole, entries[at], entries[at + HOLDER], entries[at + ACROSS]);
      hole = at;
    }
    entries[hole] = NONE;
  }

  /** Where the entry is, or would be. */
  #place(holder: LimitId, across: LimitId): number {
    const entries = this.#entries;
    const mask = entries.length - 1;
    let at = this.#home(holder, across);
    while (entries[at] !== NONE) {
      if (entries[at + HOLDER] === holder && entries[at + ACROSS] === across) return at;
      at = (at + ENTRY) & mask;
    }
    return at;
  }

  /** The multipliers are those of MurmurHash3. */
  #home(holder: LimitId, across: LimitId): number {
    let hash = Math.imul(holder, 0xcc9e2d51) ^ Math.imul(across, 0x1b873593);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return ((hash ^ (hash >>> 13)) * ENTRY) & (this.#entries.length - 1);
  }

  #put(at: number, bundle: number, holder: LimitId, across: LimitId): void {
    this.#entries[at] = bundle;
    this.#entries[at + HOLDER] = holder;
    this.#entries[at + ACROSS] = across;
  }

  #grow(): void {
    const old = this.#entries;
    this.#entries = new Int32Array(2 * old.length).fill(NONE);
    for (let at = 0; at < old.length; at += ENTRY) {
      if (old[at] === NONE) continue;
      const place = this.#place(old[at + HOLDER], old[at + ACROSS]);
      this.#put(place, old[at], old[at + HOLDER], old[at + ACROSS]);
    }
  }
}
