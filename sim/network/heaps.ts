import { NONE } from "./link-table.ts";

// An item's links to others, side by side since they are read together.
const CHILD = 0;
const NEXT = 1;
const BEFORE = 2;
const STRIDE = 4;

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
  key = new Float64Array(FIRST_SIZE);
  #order = new Float64Array(FIRST_SIZE);
  #links = new Int32Array(FIRST_SIZE * STRIDE);

  insert(heap: number, item: number, key: number, order: number): number {
    if (item >= this.key.length) this.#grow(item);
    const links = this.#links;
    const at = item * STRIDE;
    this.key[item] = key;
    this.#order[item] = order;
    links[at + CHILD] = NONE;
    links[at + NEXT] = NONE;
    links[at + BEFORE] = NONE;
    return heap === NONE ? item : this.#meld(heap, item);
  }

  remove(heap: number, item: number): number {
    const links = this.#links;
    const at = item * STRIDE;
    const orphans = this.#pair(links[at + CHILD]);
    if (item === heap) return orphans;
    const next = links[at + NEXT];
    const before = links[at + BEFORE];
    if (links[before * STRIDE + CHILD] === item) links[before * STRIDE + CHILD] = next;
    else links[before * STRIDE + NEXT] = next;
    if (next !== NONE) links[next * STRIDE + BEFORE] = before;
    return orphans === NONE ? heap : this.#meld(heap, orphans);
  }

  /** Gives an item another key. */
  move(heap: number, item: number, key: number): number {
    const rest = this.remove(heap, item);
    return this.insert(rest, item, key, this.#order[item]);
  }

  /** The item after this one, in no special order, or `NONE`; the first is the heap itself. */
  after(item: number): number {
    const links = this.#links;
    const child = links[item * STRIDE + CHILD];
    if (child !== NONE) return child;
    for (let at = item; at !== NONE; at = this.#parent(at)) {
      const next = links[at * STRIDE + NEXT];
      if (next !== NONE) return next;
    }
    return NONE;
  }

  #parent(item: number): number {
    const links = this.#links;
    let at = item;
    for (;;) {
      const before = links[at * STRIDE + BEFORE];
      if (before === NONE || links[before * STRIDE + CHILD] === at) return before;
      at = before;
    }
  }

  /** Makes one heap of two. */
  #meld(a: number, b: number): number {
    const key = this.key;
    const links = this.#links;
    const isFirst = key[a] < key[b] || (key[a] === key[b] && this.#order[a] < this.#order[b]);
    const above = isFirst ? a : b;
    const below = isFirst ? b : a;
    const child = links[above * STRIDE + CHILD];
    links[below * STRIDE + NEXT] = child;
    links[below * STRIDE + BEFORE] = above;
    if (child !== NONE) links[child * STRIDE + BEFORE] = below;
    links[above * STRIDE + CHILD] = below;
    return above;
  }

  /** Makes one heap of a row of siblings: of each two neighbours first, then from the last on. */
  #pair(first: number): number {
    const links = this.#links;
    let paired = NONE;
    for (let a = first; a !== NONE; ) {
      const b = links[a * STRIDE + NEXT];
      const rest = b === NONE ? NONE : links[b * STRIDE + NEXT];
      const pair = b === NONE ? a : this.#meld(a, b);
      links[pair * STRIDE + NEXT] = paired;
      paired = pair;
      a = rest;
    }
    if (paired === NONE) return NONE;
    let heap = paired;
    for (let a = links[paired * STRIDE + NEXT]; a !== NONE; ) {
      const rest = links[a * STRIDE + NEXT];
      heap = this.#meld(heap, a);
      a = rest;
    }
    links[heap * STRIDE + NEXT] = NONE;
    links[heap * STRIDE + BEFORE] = NONE;
    return heap;
  }

  #grow(item: number): void {
    let size = this.key.length;
    while (size <= item) size *= 2;
    this.key = grown(this.key, new Float64Array(size));
    this.#order = grown(this.#order, new Float64Array(size));
    this.#links = grown(this.#links, new Int32Array(size * STRIDE));
  }
}

/** Copies a column into a larger one. */
export function grown<Column extends { set(source: ArrayLike<number>): void }>(
  old: ArrayLike<number>,
  larger: Column,
): Column {
  larger.set(old);
  return larger;
}
