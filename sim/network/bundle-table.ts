import { type FlowId, MAX_HOPS } from "./flow-table.ts";
import { grown, Heaps } from "./heaps.ts";
import type { LimitId, LimitTable } from "./limit-table.ts";
import { NONE } from "./link-table.ts";

export type BundleId = number;

/** A limit on the way of a flow: `flow * CROSSINGS + place`; the cap comes after the links. */
export type CrossingId = number;
export const CROSSINGS = MAX_HOPS + 1;

export function flowAt(crossing: CrossingId): FlowId {
  return (crossing / CROSSINGS) | 0;
}

// Columns that are read together stand side by side.
const LIMIT = 0;
const BUNDLE = 1;
const NEXT = 2;
const BEFORE = 3;
// Of the two lists a bundle is on: the next one's place; the one before follows it.
const IN_NEXT = 0;
const OUT_NEXT = 2;
const STRIDE = 4;

const FIRST_SIZE = 64;

/**
 * Bundles: the flows that one limit holds and that also cross another one. All change their rates
 * alike, so that the other limit sees one change and not thousands.
 */
export class BundleTable {
  holder = new Int32Array(FIRST_SIZE);
  across = new Int32Array(FIRST_SIZE);
  weight = new Float64Array(FIRST_SIZE);
  /** Number of flows, and the crossing of one of them. */
  members = new Int32Array(FIRST_SIZE);
  first = new Int32Array(FIRST_SIZE);
  /** A tied bundle is in the heap of levels of what it crosses, a loose one in its holder's of allowances. */
  readonly heaps = new Heaps();

  readonly #limits: LimitTable;
  #lists = new Int32Array(FIRST_SIZE * STRIDE);
  #crossings = new Int32Array(FIRST_SIZE * STRIDE);
  readonly #free: BundleId[] = [];
  #count = 0;

  constructor(limits: LimitTable) {
    this.#limits = limits;
  }

  limit(crossing: CrossingId): LimitId {
    return this.#crossings[crossing * STRIDE + LIMIT];
  }

  setLimit(crossing: CrossingId, limit: LimitId): void {
    if ((crossing + 1) * STRIDE > this.#crossings.length) this.#growCrossings(crossing);
    this.#crossings[crossing * STRIDE + LIMIT] = limit;
  }

  bundle(crossing: CrossingId): BundleId {
    return this.#crossings[crossing * STRIDE + BUNDLE];
  }

  /** The bundle across the same limit that comes next, or `NONE`. */
  nextIn(bundle: BundleId): BundleId {
    return this.#lists[bundle * STRIDE + IN_NEXT];
  }

  /** The next one held by the same limit, loose or tied as this one is, or `NONE`. */
  nextOut(bundle: BundleId): BundleId {
    return this.#lists[bundle * STRIDE + OUT_NEXT];
  }

  nextMember(crossing: CrossingId): CrossingId {
    return this.#crossings[crossing * STRIDE + NEXT];
  }

  /** The bundle of what one limit holds across the other, or `NONE`. */
  find(holder: LimitId, across: LimitId): BundleId {
    const { ins, outs, firstIn, firstTied, firstLoose, watched } = this.#limits;
    if (ins[across] <= outs[holder]) {
      for (let at = firstIn[across]; at !== NONE; at = this.nextIn(at)) {
        if (this.holder[at] === holder) return at;
      }
      return NONE;
    }
    const first = watched[across] === 1 ? firstTied : firstLoose;
    for (let at = first[holder]; at !== NONE; at = this.nextOut(at)) {
      if (this.across[at] === across) return at;
    }
    return NONE;
  }

  /** A bundle without a member, on the lists of both limits. */
  make(holder: LimitId, across: LimitId): BundleId {
    const bundle = this.#take();
    this.holder[bundle] = holder;
    this.across[bundle] = across;
    this.weight[bundle] = 0;
    this.members[bundle] = 0;
    this.first[bundle] = NONE;
    const { firstIn, ins, outs } = this.#limits;
    this.#enter(firstIn, across, bundle, IN_NEXT);
    ins[across]++;
    outs[holder]++;
    this.enterOut(bundle);
    return bundle;
  }

  /** Takes a bundle off the lists of both limits. */
  drop(bundle: BundleId): void {
    const { firstIn, ins, outs } = this.#limits;
    const across = this.across[bundle];
    this.#leave(firstIn, across, bundle, IN_NEXT);
    ins[across]--;
    outs[this.holder[bundle]]--;
    this.leaveOut(bundle);
    this.#free.push(bundle);
  }

  /** Puts the bundle on its holder's list, by whether the limit that it crosses is watched. */
  enterOut(bundle: BundleId): void {
    const { firstTied, firstLoose, watched } = this.#limits;
    const first = watched[this.across[bundle]] === 1 ? firstTied : firstLoose;
    this.#enter(first, this.holder[bundle], bundle, OUT_NEXT);
  }

  leaveOut(bundle: BundleId): void {
    const { firstTied, firstLoose, watched } = this.#limits;
    const first = watched[this.across[bundle]] === 1 ? firstTied : firstLoose;
    this.#leave(first, this.holder[bundle], bundle, OUT_NEXT);
  }

  addMember(bundle: BundleId, crossing: CrossingId, weight: number): void {
    const crossings = this.#crossings;
    const next = this.first[bundle];
    const at = crossing * STRIDE;
    crossings[at + BUNDLE] = bundle;
    crossings[at + NEXT] = next;
    crossings[at + BEFORE] = NONE;
    if (next !== NONE) crossings[next * STRIDE + BEFORE] = crossing;
    this.first[bundle] = crossing;
    this.members[bundle]++;
    this.weight[bundle] += weight;
  }

  removeMember(bundle: BundleId, crossing: CrossingId, weight: number): void {
    const crossings = this.#crossings;
    const next = crossings[crossing * STRIDE + NEXT];
    const before = crossings[crossing * STRIDE + BEFORE];
    if (next !== NONE) crossings[next * STRIDE + BEFORE] = before;
    if (before === NONE) this.first[bundle] = next;
    else crossings[before * STRIDE + NEXT] = next;
    this.members[bundle]--;
    this.weight[bundle] -= weight;
  }

  #enter(heads: Int32Array, limit: LimitId, bundle: BundleId, list: number): void {
    const lists = this.#lists;
    const head = heads[limit];
    lists[bundle * STRIDE + list] = head;
    lists[bundle * STRIDE + list + 1] = NONE;
    if (head !== NONE) lists[head * STRIDE + list + 1] = bundle;
    heads[limit] = bundle;
  }

  #leave(heads: Int32Array, limit: LimitId, bundle: BundleId, list: number): void {
    const lists = this.#lists;
    const next = lists[bundle * STRIDE + list];
    const before = lists[bundle * STRIDE + list + 1];
    if (next !== NONE) lists[next * STRIDE + list + 1] = before;
    if (before === NONE) heads[limit] = next;
    else lists[before * STRIDE + list] = next;
  }

  #take(): BundleId {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#count === this.weight.length) this.#grow();
    return this.#count++;
  }

  #grow(): void {
    const size = this.weight.length * 2;
    this.holder = grown(this.holder, new Int32Array(size));
    this.across = grown(this.across, new Int32Array(size));
    this.weight = grown(this.weight, new Float64Array(size));
    this.members = grown(this.members, new Int32Array(size));
    this.first = grown(this.first, new Int32Array(size));
    this.#lists = grown(this.#lists, new Int32Array(size * STRIDE));
  }

  #growCrossings(crossing: CrossingId): void {
    let size = this.#crossings.length;
    while (size < (crossing + 1) * STRIDE) size *= 2;
    this.#crossings = grown(this.#crossings, new Int32Array(size));
  }
}
