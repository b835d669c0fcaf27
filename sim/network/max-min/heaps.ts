import { grown } from "../../engine/grown.ts";
import { NONE } from "../link-table.ts";

// An item's record: two doubles, then what it is linked with, side by side since all are read together.
const NUMBERS = 4;
const KEY = 0;
const ORDER = 1;
const LINKS = 8;
const CHILD = 4;
const NEXT = 5;
const BEFORE = 6;

const FIRST_SIZE = 64;

/**
 * Any number of heaps over numbered items, of which each is in one heap at most. A heap is named by
 * its first item, and `NONE` is the empty one; what changes a heap returns its new name.
 *
 * Thousands of heaps of a few items are as cheap as one of thousands, since none has an array of its
 * own. Equal keys are ordered by a second number.
 *
 * Source: pairing heaps, Fredman, Sedgewick, Sleator and Tarjan, Algorithmica 1 (1986).
 */
export class Heaps {
  #numbers = new Float64Array(FIRST_SIZE * NUMBERS);
  #links = new Int32Array(this.#numbers.buffer); // The same bytes.

  key(item: number): number {
    return this.#numbers[item * NUMBERS + KEY];
  }

  /** What an item is ordered by among those of the same key, from its next insertion on. */
  setOrder(item: number, order: number): void {
    if ((item + 1) * NUMBERS > this.#numbers.length) this.#grow(item);
    this.#numbers[item * NUMBERS + ORDER] = order;
  }

  /** The item has an order, and is in no heap. */
  insert(heap: number, item: number, key: number): number {
    const links = this.#links;
    const at = item * LINKS;
    this.#numbers[item * NUMBERS + KEY] = key;
    links[at + CHILD] = NONE;
    links[at + NEXT] = NONE;
    links[at + BEFORE] = NONE;
    return heap === NONE ? item : this.#meld(heap, item);
  }

  remove(heap: number, item: number): number {
    const links = this.#links;
    const at = item * LINKS;
    const orphans = this.#pair(links[at + CHILD]);
    if (item === heap) return orphans;
    const next = links[at + NEXT];
    const before = links[at + BEFORE];
    if (links[before * LINKS + CHILD] === item) links[before * LINKS + CHILD] = next;
    else links[before * LINKS + NEXT] = next;
    if (next !== NONE) links[next * LINKS + BEFORE] = before;
    return orphans === NONE ? heap : this.#meld(heap, orphans);
  }

  /** Gives an item another key. */
  move(heap: number, item: number, key: number): number {
    const rest = this.remove(heap, item);
    return this.insert(rest, item, key);
  }

  /** The item after this one, in no special order, or `NONE`; the first is the heap itself. */
  after(item: number): number {
    const links = this.#links;
    const child = links[item * LINKS + CHILD];
    if (child !== NONE) return child;
    for (let at = item; at !== NONE; at = this.#parent(at)) {
      const next = links[at * LINKS + NEXT];
      if (next !== NONE) return next;
    }
    return NONE;
  }

  #parent(item: number): number {
    const links = this.#links;
    let at = item;
    for (;;) {
      const before = links[at * LINKS + BEFORE];
      if (before === NONE || links[before * LINKS + CHILD] === at) return before;
      at = before;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const numbers = this.#numbers;
    const keyA = numbers[a * NUMBERS + KEY];
    const keyB = numbers[b * NUMBERS + KEY];
    if (keyA !== keyB) return keyA < keyB;
    return numbers[a * NUMBERS + ORDER] < numbers[b * NUMBERS + ORDER];
  }

  /** Makes one heap of two. */
  #meld(a: number, b: number): number {
    const links = this.#links;
    const isFirst = this.#isBefore(a, b);
    const above = isFirst ? a : b;
    const below = isFirst ? b : a;
    const child = links[above * LINKS + CHILD];
    links[below * LINKS + NEXT] = child;
    links[below * LINKS + BEFORE] = above;
    if (child !== NONE) links[child * LINKS + BEFORE] = below;
    links[above * LINKS + CHILD] = below;
    return above;
  }

  /** Makes one heap of a row of siblings: of each two neighbours first, then from the last on. */
  #pair(first: number): number {
    const links = this.#links;
    let paired = NONE;
    for (let a = first; a !== NONE; ) {
      const b = links[a * LINKS + NEXT];
      const rest = b === NONE ? NONE : links[b * LINKS + NEXT];
      const pair = b === NONE ? a : this.#meld(a, b);
      links[pair * LINKS + NEXT] = paired;
      paired = pair;
      a = rest;
    }
    if (paired === NONE) return NONE;
    let heap = paired;
    for (let a = links[paired * LINKS + NEXT]; a !== NONE; ) {
      const rest = links[a * LINKS + NEXT];
      heap = this.#meld(heap, a);
      a = rest;
    }
    links[heap * LINKS + NEXT] = NONE;
    links[heap * LINKS + BEFORE] = NONE;
    return heap;
  }

  #grow(item: number): void {
    let size = this.#numbers.length;
    while (size < (item + 1) * NUMBERS) size *= 2;
    this.#numbers = grown(this.#numbers, new Float64Array(size));
    this.#links = new Int32Array(this.#numbers.buffer);
  }
}
