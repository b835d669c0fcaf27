import { hashOf } from "./murmur.ts";
import { decodeUtf8, encodeUtf8, MOST_BYTES } from "./utf8.ts";

/** Offsets are signed: V8 would take unsigned ones for floating-point numbers, in loops too. */
const MOST = 0x7fffffff;

/** Names as plain data: their UTF-8, and where each begins, and after the last where it ends. */
export interface SavedNames {
  readonly utf8: Uint8Array;
  readonly offsets: Int32Array;
}

/**
 * Numbers names from 0 in order of appearance; a number is never used again. Names are bytes of UTF-8:
 * no string is made of one, be it known or new, and no object is kept for it. Millions of paths take
 * little more than their characters.
 *
 * A hash table with linear probing (Knuth, The Art of Computer Programming, volume 3, section 6.4,
 * algorithm L), at most three quarters full.
 */
export class Numbering {
  #utf8 = new Uint8Array(4096);
  #stored = new DataView(this.#utf8.buffer);
  /** Where each name begins, and after the last where the next will. */
  #offsets = new Int32Array(257);
  /**
   * 0 where a slot is empty; else the name's number and 1 in the low bits, as many as number the slots,
   * and above them those of its hash: other names are nearly always told by these.
   */
  #slots = new Int32Array(512);
  #length = 0;
  #text = new Uint8Array(256);
  /** The bytes that were looked at last, mostly a chunk of a file, four of which a view reads at once. */
  #viewed: Uint8Array = this.#utf8;
  #view: DataView = new DataView(this.#utf8.buffer);

  /** Names so far. */
  get length(): number {
    return this.#length;
  }

  /** Bytes that they take. */
  get bytes(): number {
    return this.#utf8.byteLength + this.#offsets.byteLength + this.#slots.byteLength;
  }

  /** Makes room for so many names of so many bytes in all, to spare copying. */
  reserve(names: number, bytes: number): void {
    if (names + 2 > this.#offsets.length) this.#makeOffsets(names);
    if (bytes > this.#utf8.length) this.#makeText(bytes);
    let slots = this.#slots.length;
    while (4 * names >= 3 * slots) slots *= 2;
    if (slots > this.#slots.length) this.#makeSlots(slots);
  }

  /** The name of a number. */
  at(number: number): string {
    return decodeUtf8(this.bytesAt(number));
  }

  /** A view, valid until a name is added. */
  bytesAt(number: number): Uint8Array {
    return this.#utf8.subarray(this.#offsets[number], this.#offsets[number + 1]);
  }

  /** The number of the name in `bytes` from `start` to before `end`; a new one if it is new. */
  number(bytes: Uint8Array, start: number, end: number): number {
    if (bytes !== this.#viewed) this.#look(bytes);
    const hash = hashOf(this.#view, start, end);
    const slot = this.#slotOf(start, end, hash);
    const found = this.#slots[slot];
    if (found === 0) return this.#append(bytes, start, end, slot, hash);
    return (found & (this.#slots.length - 1)) - 1;
  }

  /** The number of the name; a new one if it is new. */
  numberOf(name: string): number {
    const end = this.#encode(name);
    return this.number(this.#text, 0, end);
  }

  /** The number of the name, or -1 where it is not known. */
  find(name: string): number {
    const end = this.#encode(name);
    if (this.#text !== this.#viewed) this.#look(this.#text);
    const found = this.#slots[this.#slotOf(0, end, hashOf(this.#view, 0, end))];
    return (found & (this.#slots.length - 1)) - 1;
  }

  #encode(name: string): number {
    const most = MOST_BYTES * name.length;
    if (most > this.#text.length) this.#text = new Uint8Array(2 * most);
    return encodeUtf8(name, this.#text);
  }

  #look(bytes: Uint8Array): void {
    this.#viewed = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The slot that has the name, or the empty one where it belongs. */
  #slotOf(start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const isLike = ((slots[slot] ^ hash) & ~mask) === 0;
      if (isLike && this.#equals((slots[slot] & mask) - 1, start, end)) break;
    }
    return slot;
  }

  /** Whether the name of the number is that which is looked at. */
  #equals(number: number, start: number, end: number): boolean {
    const stored = this.#stored;
    const view = this.#view;
    let at = this.#offsets[number];
    if (this.#offsets[number + 1] - at !== end - start) return false;
    let i = start;
    for (; i + 4 <= end; i += 4, at += 4) {
      if (stored.getInt32(at, true) !== view.getInt32(i, true)) return false;
    }
    for (; i < end; i++, at++) if (stored.getUint8(at) !== view.getUint8(i)) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, slot: number, hash: number): number {
    const number = this.#length;
    const offset = this.#offsets[number];
    const next = offset + end - start;
    if (next > MOST) throw new RangeError("expected names of less than 2 GiB");
    if (next > this.#utf8.length) this.#makeText(Math.min(MOST, next + (next >> 1)));
    for (let i = start, at = offset; i < end; i++, at++) this.#utf8[at] = bytes[i];
    this.#offsets[number + 1] = next;
    this.#slots[slot] = (hash & -this.#slots.length) | (number + 1);
    this.#length++;
    if (this.#length + 1 === this.#offsets.length) this.#makeOffsets(2 * this.#length);
    if (4 * this.#length >= 3 * this.#slots.length) this.#makeSlots(2 * this.#slots.length);
    return number;
  }

  #makeText(bytes: number): void {
    const larger = new Uint8Array(bytes);
    larger.set(this.#utf8.subarray(0, this.#offsets[this.#length]));
    this.#utf8 = larger;
    this.#stored = new DataView(larger.buffer);
  }

  #makeOffsets(names: number): void {
    const offsets = new Int32Array(names + 2);
    offsets.set(this.#offsets.subarray(0, this.#length + 1));
    this.#offsets = offsets;
  }

  #makeSlots(length: number): void {
    const slots = new Int32Array(length);
    const mask = length - 1;
    for (let number = 0; number < this.#length; number++) {
      const hash = hashOf(this.#stored, this.#offsets[number], this.#offsets[number + 1]);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (number + 1);
    }
    this.#slots = slots;
  }

  save(): SavedNames {
    const offsets = this.#offsets.slice(0, this.#length + 1);
    return { utf8: this.#utf8.slice(0, offsets[this.#length]), offsets };
  }

  /** Takes over the names in place of its own. */
  load({ utf8, offsets }: SavedNames): void {
    this.#utf8 = Uint8Array.from(utf8);
    this.#stored = new DataView(this.#utf8.buffer);
    this.#offsets = Int32Array.from(offsets);
    this.#length = offsets.length - 1;
    this.#makeOffsets(this.#length);
    let slots = 512;
    while (4 * this.#length >= 3 * slots) slots *= 2;
    this.#makeSlots(slots);
  }
}
