import { grown } from "../../engine/grown.ts";
import { NONE } from "../link-table.ts";
import { BundleIndex } from "./bundle-index.ts";
import type { CrossingId, CrossingTable } from "./crossing-table.ts";
import { Heaps } from "./heaps.ts";
import type { LimitId, LimitTable } from "./limit-table.ts";

export type BundleId = number;

// A bundle's record in doubles and, over the same bytes, in whole numbers.
const DOUBLES = 6;
const WEIGHT = 0;
const NUMBERS = 12;
const HOLDER = 2;
const ACROSS = 3;
const MEMBERS = 4;
const FIRST = 5;
// Of the two lists a bundle is on: the next one; the one before stands behind it.
const IN_NEXT = 6;
const TIED_NEXT = 8;

const FIRST_SIZE = 64;

/**
 * Bundles: the flows that one limit holds and that also cross another one. All change their rates
 * alike, so that the other limit sees one change and not thousands.
 */
export class BundleTable {
  /** A tied bundle is in the heap of levels of what it crosses, a loose one in its holder's of allowances. */
  readonly heaps = new Heaps();
  readonly #index = new BundleIndex();
  readonly #limits: LimitTable;
  readonly #crossings: CrossingTable;
  #doubles = new Float64Array(FIRST_SIZE * DOUBLES);
  #numbers = new Int32Array(this.#doubles.buffer);
  readonly #free: BundleId[] = [];
  #count = 0;

  constructor(limits: LimitTable, crossings: CrossingTable) {
    this.#limits = limits;
    this.#crossings = crossings;
  }

  holder(bundle: BundleId): LimitId {
    return this.#numbers[bundle * NUMBERS + HOLDER];
  }

  across(bundle: BundleId): LimitId {
    return this.#numbers[bundle * NUMBERS + ACROSS];
  }

  weight(bundle: BundleId): number {
    return this.#doubles[bundle * DOUBLES + WEIGHT];
  }

  /** Number of flows, and the crossing of one of them. */
  members(bundle: BundleId): number {
    return this.#numbers[bundle * NUMBERS + MEMBERS];
  }

  first(bundle: BundleId): CrossingId {
    return this.#numbers[bundle * NUMBERS + FIRST];
  }

  /** The bundle across the same limit that comes next, or `NONE`. */
  nextIn(bundle: BundleId): BundleId {
    return this.#numbers[bundle * NUMBERS + IN_NEXT];
  }

  /** The next tied one held by the same limit, or `NONE`. */
  nextTied(bundle: BundleId): BundleId {
    return this.#numbers[bundle * NUMBERS + TIED_NEXT];
  }

  /** The bundle of what one limit holds across the other, or `NONE`. */
  find(holder: LimitId, across: LimitId): BundleId {
    return this.#index.find(holder, across);
  }

  /** A bundle without a member, tied where what it crosses is watched. */
  make(holder: LimitId, across: LimitId): BundleId {
    const bundle = this.#free.pop() ?? this.#add();
    const numbers = this.#numbers;
    this.#doubles[bundle * DOUBLES + WEIGHT] = 0;
    numbers[bundle * NUMBERS + HOLDER] = holder;
    numbers[bundle * NUMBERS + ACROSS] = across;
    numbers[bundle * NUMBERS + MEMBERS] = 0;
    numbers[bundle * NUMBERS + FIRST] = NONE;
    this.#index.add(bundle, holder, across);
    const { firstIn, ins, watched } = this.#limits;
    this.#enter(firstIn, across, bundle, IN_NEXT);
    ins[across]++;
    if (watched[across] === 1) this.tie(bundle);
    return bundle;
  }

  /** Takes a bundle off all lists. */
  drop(bundle: BundleId): void {
    const { firstIn, ins, watched } = this.#limits;
    const across = this.across(bundle);
    this.#index.remove(this.holder(bundle), across);
    this.#leave(firstIn, across, bundle, IN_NEXT);
    ins[across]--;
    if (watched[across] === 1) this.untie(bundle);
    this.#free.push(bundle);
  }

  /** Puts the bundle on its holder's list of those to be told of every change. */
  tie(bundle: BundleId): void {
    this.#enter(this.#limits.firstTied, this.holder(bundle), bundle, TIED_NEXT);
  }

  untie(bundle: BundleId): void {
    this.#leave(this.#limits.firstTied, this.holder(bundle), bundle, TIED_NEXT);
  }

  addMember(bundle: BundleId, crossing: CrossingId, weight: number): void {
    const at = bundle * NUMBERS;
    this.#crossings.enter(crossing, bundle, this.#numbers[at + FIRST]);
    this.#numbers[at + FIRST] = crossing;
    this.#numbers[at + MEMBERS]++;
    this.#doubles[bundle * DOUBLES + WEIGHT] += weight;
  }

  removeMember(bundle: BundleId, crossing: CrossingId, weight: number): void {
    const at = bundle * NUMBERS;
    this.#numbers[at + FIRST] = this.#crossings.leave(crossing, this.#numbers[at + FIRST]);
    this.#numbers[at + MEMBERS]--;
    this.#doubles[bundle * DOUBLES + WEIGHT] -= weight;
  }

  #enter(heads: Int32Array, limit: LimitId, bundle: BundleId, list: number): void {
    const numbers = this.#numbers;
    const head = heads[limit];
    numbers[bundle * NUMBERS + list] = head;
    numbers[bundle * NUMBERS + list + 1] = NONE;
    if (head !== NONE) numbers[head * NUMBERS + list + 1] = bundle;
    heads[limit] = bundle;
  }

  #leave(heads: Int32Array, limit: LimitId, bundle: BundleId, list: number): void {
    const numbers = this.#numbers;
    const next = numbers[bundle * NUMBERS + list];
    const before = numbers[bundle * NUMBERS + list + 1];
    if (next !== NONE) numbers[next * NUMBERS + list + 1] = before;
    if (before === NONE) heads[limit] = next;
    else numbers[before * NUMBERS + list] = next;
  }

  #add(): BundleId {
    const bundle = this.#count++;
    this.heaps.setOrder(bundle, bundle);
    if (this.#count * DOUBLES > this.#doubles.length) {
      this.#doubles = grown(this.#doubles, new Float64Array(2 * this.#doubles.length));
      this.#numbers = new Int32Array(this.#doubles.buffer);
    }
    return bundle;
  }
}
