import { assert } from "../../../engine/assert.ts";
import { CompactNames } from "../../trace/names.ts";
import type { NameList } from "../../trace/trace.ts";
import { hashOf } from "./murmur.ts";

const decoder = new TextDecoder();

/** Offsets are signed: V8 would take unsigned ones for floating-point numbers, in loops too. */
const MOST_BYTES = 2 ** 31 - 1;

/** Numbers of a slot. */
const SLOT_BITS = 2;
const SLOT = 1 << SLOT_BITS;

/**
 * Numbers names from 0 in order of appearance, given as UTF-8: no string is made of a name, be it
 * known or new. A hash table with linear probing (Knuth, The Art of Computer Programming, volume 3,
 * section 6.4, algorithm L), at most half full.
 */
export class ByteTable implements NameList {
  #utf8 = new Uint8Array(4096);
  #stored = new DataView(this.#utf8.buffer);
  /** Where each name begins, and after the last where the next will. */
  #offsets = new Int32Array(257);
  /**
   * Of each slot four numbers, so that one access to memory fetches them: a name's number and 1, or 0
   * where it is empty; the name's hash; where it begins; its bytes.
   */
  #slots = new Int32Array(SLOT * 512);
  #length = 0;
  /** The bytes that were looked at last, mostly a chunk of a file, four of which a view reads at once. */
  #viewed: Uint8Array = this.#utf8;
  #view: DataView = new DataView(this.#utf8.buffer);

  get length(): number {
    return this.#length;
  }

  at(index: number): string {
    return decoder.decode(this.bytesAt(index));
  }

  /** A view, valid until a name is added. */
  bytesAt(index: number): Uint8Array {
    return this.#utf8.subarray(this.#offsets[index], this.#offsets[index + 1]);
  }

  /** The number of the name in `bytes` from `start` to before `end`; a new one if it is new. */
  number(bytes: Uint8Array, start: number, end: number): number {
    if (bytes !== this.#viewed) this.#look(bytes);
    const hash = hashOf(this.#view, start, end);
    const slot = this.#slotOf(start, end, hash);
    const known = this.#slots[slot] - 1;
    return known >= 0 ? known : this.#append(bytes, start, end, slot, hash);
  }

  numberOf(name: string): number {
    const bytes = Buffer.from(name, "utf8");
    return this.number(bytes, 0, bytes.length);
  }

  /** The number of a name, or -1 where it is not known. */
  find(name: string): number {
    const bytes = Buffer.from(name, "utf8");
    const end = bytes.length;
    this.#look(bytes);
    return this.#slots[this.#slotOf(0, end, hashOf(this.#view, 0, end))] - 1;
  }

  /** The names so far. */
  names(): CompactNames {
    const offsets = this.#offsets.subarray(0, this.#length + 1);
    return new CompactNames(new Uint32Array(offsets), this.#utf8.slice(0, offsets[this.#length]));
  }

  #look(bytes: Uint8Array): void {
    this.#viewed = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Position of the slot that has the name, or of the empty one where it belongs. */
  #slotOf(start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash << SLOT_BITS) & mask;
    for (; slots[slot] !== 0; slot = (slot + SLOT) & mask) {
      const isLike = slots[slot + 1] === hash && slots[slot + 3] === end - start;
      if (isLike && this.#equals(slots[slot + 2], start, end)) break;
    }
    return slot;
  }

  /** Whether the name stored at `offset` is that which is looked at, of the same length. */
  #equals(offset: number, start: number, end: number): boolean {
    const stored = this.#stored;
    const view = this.#view;
    let at = offset;
    let i = start;
    for (; i + 4 <= end; i += 4, at += 4) {
      if (stored.getInt32(at, true) !== view.getInt32(i, true)) return false;
    }
    for (; i < end; i++, at++) if (stored.getUint8(at) !== view.getUint8(i)) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, slot: number, hash: number): number {
    const number = this.#length++;
    const offset = this.#offsets[number];
    const next = offset + end - start;
    assert(next <= MOST_BYTES, "names take more than 2 GiB");
    if (next > this.#utf8.length) {
      const larger = new Uint8Array(Math.min(MOST_BYTES, 2 * next));
      larger.set(this.#utf8);
      this.#utf8 = larger;
      this.#stored = new DataView(larger.buffer);
    }
    for (let i = start, at = offset; i < end; i++, at++) this.#utf8[at] = bytes[i];
    this.#offsets[number + 1] = next;
    this.#slots.set([number + 1, hash, offset, end - start], slot);
    if (2 * SLOT * this.#length === this.#slots.length) this.#grow();
    return number;
  }

  /** Doubles the room for names. */
  #grow(): void {
    const offsets = new Int32Array(2 * this.#length + 1);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
    const old = this.#slots;
    const slots = new Int32Array(2 * old.length);
    const mask = slots.length - 1;
    for (let from = 0; from < old.length; from += SLOT) {
      if (old[from] === 0) continue;
      let slot = (old[from + 1] << SLOT_BITS) & mask;
      while (slots[slot] !== 0) slot = (slot + SLOT) & mask;
      slots.set(old.subarray(from, from + SLOT), slot);
    }
    this.#slots = slots;
  }
}
