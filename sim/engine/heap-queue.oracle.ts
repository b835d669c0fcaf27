import type { Ticket } from "./event-queue.ts";
import { grown } from "./grown.ts";

const ARITY = 4;
const SLOT_BITS = 2 ** 24;

/**
 * The plain version of the event queue: a 4-ary heap ordered by time and sequence number. Tests take
 * its order for the truth, and the benchmark measures the event queue by it.
 */
export class HeapQueue {
  /** The event last popped: when it was due, its kind and its subject. */
  time = 0;
  kind = 0;
  subject = 0;

  #size = 0;
  #sequence = 0;
  // In heap order.
  #times = new Float64Array(64);
  #sequences = new Float64Array(64);
  #slots = new Int32Array(64);
  // By slot.
  #positions = new Int32Array(64);
  #kinds = new Uint16Array(64);
  #subjects = new Float64Array(64);
  #generations = new Uint32Array(64);
  #free = new Int32Array(64);
  #freeCount = 0;
  #slotCount = 0;

  get size(): number {
    return this.#size;
  }

  /** Time of the next event; `Infinity` when none is pending. */
  get nextTime(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#times[0];
  }

  push(time: number, kind: number, subject: number): Ticket {
    const slot = this.#takeSlot();
    this.#kinds[slot] = kind;
    this.#subjects[slot] = subject;
    if (this.#size === this.#times.length) this.#growHeap();
    this.#rise(this.#size++, time, this.#sequence++, slot);
    return this.#generations[slot] * SLOT_BITS + slot;
  }

  /** Moves the next event into `time`, `kind` and `subject`; false when none is pending. */
  pop(): boolean {
    if (this.#size === 0) return false;
    const slot = this.#slots[0];
    this.time = this.#times[0];
    this.kind = this.#kinds[slot];
    this.subject = this.#subjects[slot];
    this.#removeAt(0);
    this.#releaseSlot(slot);
    return true;
  }

  /** Removes a pending event. False when it has fired or was cancelled before. */
  cancel(ticket: Ticket): boolean {
    if (ticket < 0) return false;
    const slot = ticket % SLOT_BITS;
    if (this.#generations[slot] !== Math.floor(ticket / SLOT_BITS)) return false;
    this.#removeAt(this.#positions[slot]);
    this.#releaseSlot(slot);
    return true;
  }

  /** Moves a pending event to another time, as cancelling it and pushing it anew would. */
  move(ticket: Ticket, time: number): void {
    const slot = ticket % SLOT_BITS;
    const position = this.#positions[slot];
    const sequence = this.#sequence++;
    const isEarlier = time < this.#times[position];
    if (isEarlier) this.#rise(position, time, sequence, slot);
    else this.#sink(position, time, sequence, slot);
  }

  #takeSlot(): number {
    if (this.#freeCount > 0) return this.#free[--this.#freeCount];
    if (this.#slotCount === this.#kinds.length) this.#growSlots();
    return this.#slotCount++;
  }

  #releaseSlot(slot: number): void {
    this.#generations[slot]++;
    this.#free[this.#freeCount++] = slot;
  }

  /** Fills the hole at `position` with the last entry, which may have to move either way. */
  #removeAt(position: number): void {
    const last = --this.#size;
    if (position === last) return;
    const time = this.#times[last];
    const sequence = this.#sequences[last];
    const slot = this.#slots[last];
    const above = (position - 1) >> 2;
    if (position > 0 && this.#follows(above, time, sequence)) {
      this.#rise(position, time, sequence, slot);
    } else {
      this.#sink(position, time, sequence, slot);
    }
  }

  #rise(from: number, time: number, sequence: number, slot: number): void {
    let hole = from;
    while (hole > 0) {
      const above = (hole - 1) >> 2;
      if (!this.#follows(above, time, sequence)) break;
      this.#move(above, hole);
      hole = above;
    }
    this.#place(hole, time, sequence, slot);
  }

  #sink(from: number, time: number, sequence: number, slot: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const size = this.#size;
    let hole = from;
    for (;;) {
      const first = ARITY * hole + 1;
      if (first >= size) break;
      const end = Math.min(first + ARITY, size);
      let least = first;
      for (let child = first + 1; child < end; child++) {
        const earlier =
          times[child] < times[least] ||
          (times[child] === times[least] && sequences[child] < sequences[least]);
        if (earlier) least = child;
      }
      const stop = time < times[least] || (time === times[least] && sequence < sequences[least]);
      if (stop) break;
      this.#move(least, hole);
      hole = least;
    }
    this.#place(hole, time, sequence, slot);
  }

  /** Whether the entry at `position` is due after (time, sequence). */
  #follows(position: number, time: number, sequence: number): boolean {
    const other = this.#times[position];
    return other > time || (other === time && this.#sequences[position] > sequence);
  }

  #move(from: number, to: number): void {
    this.#place(to, this.#times[from], this.#sequences[from], this.#slots[from]);
  }

  #place(position: number, time: number, sequence: number, slot: number): void {
    this.#times[position] = time;
    this.#sequences[position] = sequence;
    this.#slots[position] = slot;
    this.#positions[slot] = position;
  }

  #growHeap(): void {
    this.#times = grown(this.#times, new Float64Array(this.#times.length * 2));
    this.#sequences = grown(this.#sequences, new Float64Array(this.#sequences.length * 2));
    this.#slots = grown(this.#slots, new Int32Array(this.#slots.length * 2));
  }

  #growSlots(): void {
    const size = this.#kinds.length * 2;
    this.#positions = grown(this.#positions, new Int32Array(size));
    this.#kinds = grown(this.#kinds, new Uint16Array(size));
    this.#subjects = grown(this.#subjects, new Float64Array(size));
    this.#generations = grown(this.#generations, new Uint32Array(size));
    this.#free = grown(this.#free, new Int32Array(size));
  }
}
