import { grown } from "./grown.ts";
import { Rungs } from "./rungs.ts";

/** Names a scheduled event for as long as it is pending. */
export type Ticket = number;

/** A ticket that names nothing: cancelling it does nothing. */
export const NO_TICKET: Ticket = -1;

/** A ticket is generation · SLOTS + slot, below 2^53. */
const SLOTS = 2 ** 24;
const GENERATIONS = 2 ** 29 - 1;

// A slot is 32 bytes, half a cache line: two numbers, then four integers.
const TIME = 0;
const SUBJECT = 1;
const NEXT = 4;
const PREVIOUS = 5;
const GENERATION = 6;
const KIND = 7;

// Lists by number, as in rungs.ts; imported, they would be no constants to V8, and halve the speed.
const NEAR = 0;
const FAR = 1;
const END = -1;

// A list's first entry has ~list for its previous one, and its last END for its next one; but the
// sorted list has an end of its own, since that is kept.
const NEAR_END = -2;

/** Entries that are sorted by insertion, and how far in an entry's place is looked for. */
const FEW = 24;
/** Buckets for each entry that is spread over the first rung. */
const ROOMY = 4;
/** Ceiling of the buckets of inner rungs, of which there may be many. */
const MAX_INNER_BUCKETS = 2 ** 16;

/**
 * Pending events, popped by time and then by order of scheduling.
 *
 * A ladder queue (Tang, Goh and Thng, Ladder queue: an O(1) priority queue structure for large-scale
 * discrete event simulation, ACM TOMACS 15, 2005): the far future is an unsorted list, what comes
 * next is spread over the buckets of a rung, a bucket that turns out crowded is spread over a rung
 * of its own, and only the bucket at hand is sorted. No distribution of times is slow: a bucket's
 * entries are spread again and again until few are left or all times are equal.
 *
 * The tie-break needs no numbers: unsorted lists have the newest entry first, and sorting is stable.
 * Nothing is allocated per event, and a cancelled event is removed at once, in O(1).
 */
export class EventQueue {
  /** The event last popped: when it was due, its kind and its subject. */
  time = 0;
  kind = 0;
  subject = 0;

  #size = 0;
  // By slot; both see the same memory.
  #numbers = new Float64Array(4 * 64);
  #integers = new Int32Array(this.#numbers.buffer);
  #capacity = 64;
  #slots = 0;
  /** First of the slots that are free again. */
  #free = END;
  readonly #rungs = new Rungs();
  /** Last entry of the sorted list. */
  #nearLast = END;
  // Of the list that was measured last.
  #last = END;
  #entries = 0;
  #least = 0;
  #most = 0;
  /** Mean distance from the least. */
  #mean = 0;

  get size(): number {
    return this.#size;
  }

  /** Time of the next event; `Infinity` when none is pending. */
  get nextTime(): number {
    if (this.#rungs.heads[NEAR] < 0 && !this.#advance()) return Number.POSITIVE_INFINITY;
    return this.#numbers[(this.#rungs.heads[NEAR] << 2) + TIME];
  }

  push(time: number, kind: number, subject: number): Ticket {
    const slot = this.#takeSlot();
    const integers = this.#integers;
    this.#numbers[(slot << 2) + TIME] = time;
    this.#numbers[(slot << 2) + SUBJECT] = subject;
    integers[(slot << 3) + KIND] = kind;
    this.#insert(slot, time);
    this.#size++;
    return integers[(slot << 3) + GENERATION] * SLOTS + slot;
  }

  /** Moves the next event into `time`, `kind` and `subject`; false when none is pending. */
  pop(): boolean {
    if (this.#rungs.heads[NEAR] < 0 && !this.#advance()) return false;
    const slot = this.#rungs.heads[NEAR];
    this.time = this.#numbers[(slot << 2) + TIME];
    this.subject = this.#numbers[(slot << 2) + SUBJECT];
    this.kind = this.#integers[(slot << 3) + KIND];
    this.#unlink(slot);
    this.#releaseSlot(slot);
    return true;
  }

  /** Removes a pending event. False when it has fired or was cancelled before. */
  cancel(ticket: Ticket): boolean {
    if (ticket < 0) return false;
    const generation = Math.floor(ticket / SLOTS);
    const slot = ticket - generation * SLOTS;
    if (this.#integers[(slot << 3) + GENERATION] !== generation) return false;
    this.#unlink(slot);
    this.#releaseSlot(slot);
    return true;
  }

  /** Moves a pending event to another time, as cancelling it and pushing it anew would. */
  move(ticket: Ticket, time: number): void {
    const slot = ticket - Math.floor(ticket / SLOTS) * SLOTS; // A remainder takes ten times as long.
    this.#unlink(slot);
    this.#numbers[(slot << 2) + TIME] = time;
    this.#insert(slot, time);
  }

  #takeSlot(): number {
    const slot = this.#free;
    if (slot >= 0) {
      this.#free = this.#integers[(slot << 3) + NEXT];
      return slot;
    }
    if (this.#slots === this.#capacity) this.#growSlots();
    return this.#slots++;
  }

  #releaseSlot(slot: number): void {
    const at = slot << 3;
    this.#integers[at + GENERATION] = (this.#integers[at + GENERATION] + 1) & GENERATIONS;
    this.#integers[at + NEXT] = this.#free;
    this.#free = slot;
    this.#size--;
  }

  #unlink(slot: number): void {
    const integers = this.#integers;
    const next = integers[(slot << 3) + NEXT];
    const previous = integers[(slot << 3) + PREVIOUS];
    if (previous < 0) this.#rungs.heads[~previous] = next;
    else integers[(previous << 3) + NEXT] = next;
    if (next >= 0) integers[(next << 3) + PREVIOUS] = previous;
    else if (next === NEAR_END) this.#nearLast = previous;
  }

  #prepend(list: number, slot: number): void {
    const integers = this.#integers;
    const first = this.#rungs.heads[list];
    integers[(slot << 3) + NEXT] = first;
    integers[(slot << 3) + PREVIOUS] = ~list;
    if (first >= 0) integers[(first << 3) + PREVIOUS] = slot;
    this.#rungs.heads[list] = slot;
  }

  /** Puts an entry that is newer than all others where its time belongs. */
  #insert(slot: number, time: number): void {
    do {
      const list = this.#rungs.listOf(time);
      if (list !== NEAR) {
        this.#prepend(list, slot);
        return;
      }
    } while (!this.#insertNear(slot, time));
  }

  /**
   * Puts the newest entry into the sorted list. Its place is looked for from both ends; when it is
   * too far in, the list is spread over a rung instead, and the entry's list must be asked for anew.
   */
  #insertNear(slot: number, time: number): boolean {
    const numbers = this.#numbers;
    const integers = this.#integers;
    let before = this.#nearLast;
    let after = this.#rungs.heads[NEAR];
    for (let step = 0; ; step++) {
      if (before < 0 || numbers[(before << 2) + TIME] <= time) {
        this.#placeNear(
          slot,
          before,
          before < 0 ? this.#rungs.heads[NEAR] : integers[(before << 3) + NEXT],
        );
        return true;
      }
      if (numbers[(after << 2) + TIME] > time) {
        this.#placeNear(slot, integers[(after << 3) + PREVIOUS], after);
        return true;
      }
      if (step === FEW) {
        this.#rungs.limit(numbers[(this.#nearLast << 2) + TIME]);
        if (this.#spreadNear()) return false;
      }
      before = integers[(before << 3) + PREVIOUS];
      after = integers[(after << 3) + NEXT];
    }
  }

  #placeNear(slot: number, before: number, after: number): void {
    const integers = this.#integers;
    if (before < 0) this.#rungs.heads[NEAR] = slot;
    else integers[(before << 3) + NEXT] = slot;
    if (after < 0) this.#nearLast = slot;
    else integers[(after << 3) + PREVIOUS] = slot;
    integers[(slot << 3) + PREVIOUS] = before < 0 ? ~NEAR : before;
    integers[(slot << 3) + NEXT] = after < 0 ? NEAR_END : after;
  }

  /** Fills the sorted list, which is empty, with what comes next; false when none is pending. */
  #advance(): boolean {
    for (;;) {
      const list = this.#rungs.take();
      if (list === FAR) {
        if (this.#rungs.heads[FAR] < 0) return false;
        this.#spreadFar();
      } else {
        const first = this.#rungs.heads[list];
        this.#rungs.heads[list] = END;
        this.#measure(first);
        if (!this.#isCrowded() || !this.#spread(this.#last, PREVIOUS)) this.#sort(first);
      }
      if (this.#rungs.heads[NEAR] >= 0) return true;
    }
  }

  #isCrowded(): boolean {
    return this.#entries > FEW && this.#least < this.#most;
  }

  #measure(first: number): void {
    const numbers = this.#numbers;
    const integers = this.#integers;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    const base = numbers[(first << 2) + TIME]; // Sums of differences keep more digits.
    let sum = 0;
    let entries = 0;
    let last = END;
    for (let slot = first; slot >= 0; slot = integers[(slot << 3) + NEXT]) {
      const time = numbers[(slot << 2) + TIME];
      if (time < least) least = time;
      if (time > most) most = time;
      sum += time - base;
      entries++;
      last = slot;
    }
    this.#least = least;
    this.#most = most;
    this.#mean = sum / entries + (base - least);
    this.#entries = entries;
    this.#last = last;
  }

  /** Spreads the far list over the outermost rung; what is beyond its end stays. */
  #spreadFar(): void {
    const first = this.#rungs.heads[FAR];
    this.#rungs.heads[FAR] = END;
    this.#measure(first);
    const scale = this.#isCrowded() ? this.#scaleFor(this.#entries) : 0;
    if (scale === 0) {
      const isSmall = this.#entries <= FEW; // A few need no ladder.
      this.#rungs.close(isSmall ? Number.POSITIVE_INFINITY : this.#most);
      this.#sort(first);
      return;
    }
    this.#rungs.reset(this.#least, scale, ROOMY * this.#entries);
    const integers = this.#integers;
    let slot = this.#last;
    while (slot >= 0) {
      const next = integers[(slot << 3) + PREVIOUS];
      this.#prepend(this.#rungs.listOf(this.#numbers[(slot << 2) + TIME]), slot);
      slot = next;
    }
  }

  /** Spreads the sorted list over a rung of its own; false when its times are too much alike. */
  #spreadNear(): boolean {
    const first = this.#rungs.heads[NEAR];
    this.#measure(first);
    if (this.#least === this.#most || !this.#spread(first, NEXT)) return false;
    this.#rungs.heads[NEAR] = END;
    this.#nearLast = END;
    return true;
  }

  /** Spreads the measured list, from its oldest entry on, over a new innermost rung. */
  #spread(oldest: number, towards: typeof NEXT | typeof PREVIOUS): boolean {
    const count = Math.min(this.#entries, MAX_INNER_BUCKETS);
    const scale = this.#scaleFor(count);
    if (scale === 0) return false;
    this.#rungs.add(this.#least, scale, count);
    const integers = this.#integers;
    let slot = oldest;
    while (slot >= 0) {
      const next = integers[(slot << 3) + towards];
      this.#prepend(this.#rungs.listOf(this.#numbers[(slot << 2) + TIME]), slot);
      slot = next;
    }
    return true;
  }

  /**
   * Buckets a second, so that half of `buckets` reach to the mean: by Markov's inequality at most half
   * of the entries are beyond them all. 0 when the measured times are too much alike to be told
   * apart.
   */
  #scaleFor(buckets: number): number {
    const scale = Math.min(buckets / (2 * this.#mean), Number.MAX_VALUE);
    return (this.#most - this.#least) * scale >= 1 ? scale : 0;
  }

  /** Sorts a list, newest first, into the sorted one: stable, each before those like it. */
  #sort(first: number): void {
    const numbers = this.#numbers;
    const integers = this.#integers;
    let slot = first;
    while (slot >= 0) {
      const next = integers[(slot << 3) + NEXT];
      const time = numbers[(slot << 2) + TIME];
      let after = this.#rungs.heads[NEAR];
      while (after >= 0 && numbers[(after << 2) + TIME] < time) {
        after = integers[(after << 3) + NEXT];
      }
      const before = after >= 0 ? integers[(after << 3) + PREVIOUS] : this.#nearLast;
      this.#placeNear(slot, before, after);
      slot = next;
    }
  }

  #growSlots(): void {
    if (this.#capacity === SLOTS) throw new Error(`more than ${SLOTS} events are pending`);
    this.#capacity *= 2;
    this.#numbers = grown(this.#numbers, new Float64Array(4 * this.#capacity));
    this.#integers = new Int32Array(this.#numbers.buffer);
  }
}
