import { assert } from "../engine/assert.ts";
import { type BundleId, BundleTable, CROSSINGS, type CrossingId, flowAt } from "./bundle-table.ts";
import type { FlowId } from "./flow-table.ts";
import { grown, Heaps } from "./heaps.ts";
import { type LimitId, LimitTable } from "./limit-table.ts";
import { NONE } from "./link-table.ts";

/** Levels repeat, and limits are kept, to within this share: rounding is no reason to move a flow. */
const ROUNDING = 1e-12;

/** A flow that comes takes so many times its rate from the reserve, to ask seldom. */
const AMPLE = 2;

/** Sums are added up anew after so many changes, or more where there is more to add up. */
const FRESH = 1000;

/** Limits looked at after which the search for the new rates is given up. */
const MAX_STEPS = 10_000;

const FIRST_SIZE = 64;

/**
 * Weighted max-min fair rates at a cost that does not depend on how many flows a limit holds.
 *
 * Every flow is held by one limit on its way, and all that a limit holds move at its level times
 * their weight, so that one number changes the rates of thousands. The rates are max-min fair when no
 * flow crosses a limit of a lower level than that of its holder, and no limit is exceeded (Bertsekas
 * and Gallager, Data Networks, 2nd ed., section 6.5.2). After a change, limits where this may no
 * longer be so are looked at, the lowest level first, since a level depends on lower ones alone: a
 * limit takes over the flows that it lets have less than their holder does, and what crosses others
 * is told to these.
 *
 * A limit that holds nothing back need not be told of every change. What it has to give is shared out
 * in allowances: as long as no holder's level goes beyond one of these, the limit is not exceeded.
 */
export class FairLevels {
  readonly limits = new LimitTable();
  readonly bundles = new BundleTable(this.limits);
  /** The flows of each limit, by what will have been served when they end. */
  readonly ends = new Heaps();
  /** By flow: what holds it, how many limits it crosses, its weight, and its number in order. */
  holder = new Int32Array(FIRST_SIZE).fill(NONE);
  crossings = new Uint8Array(FIRST_SIZE);
  weight = new Float64Array(FIRST_SIZE);
  order = new Float64Array(FIRST_SIZE);
  /** The limits whose first end may have changed since this was emptied. */
  readonly touched: LimitId[] = [];
  /** Seconds; the caller keeps it. */
  now = 0;

  readonly #waiting: LimitId[] = [];

  ensureFlow(flow: FlowId): void {
    const before = this.holder.length;
    if (flow < before) return;
    let size = before;
    while (size <= flow) size *= 2;
    this.holder = grown(this.holder, new Int32Array(size)).fill(NONE, before);
    this.crossings = grown(this.crossings, new Uint8Array(size));
    this.weight = grown(this.weight, new Float64Array(size));
    this.order = grown(this.order, new Float64Array(size));
  }

  setCapacity(limit: LimitId, capacity: number): void {
    this.limits.capacity[limit] = capacity;
    this.limits.reserve[limit] = capacity;
    if (this.limits.ins[limit] > 0 || this.limits.held[limit] > 0) this.#wait(limit);
  }

  /** Bytes a flow has still to move. */
  left(flow: FlowId): number {
    const served = this.limits.servedAt(this.holder[flow], this.now);
    return Math.max(0, (this.ends.key[flow] - served) * this.weight[flow]);
  }

  /** Bytes per second of all that crosses the limit. */
  use(limit: LimitId): number {
    const { watched, fixed, weight, level, firstIn } = this.limits;
    const { bundles } = this;
    const held = weight[limit] * level[limit];
    if (watched[limit] === 1) return fixed[limit] + held;
    let use = held;
    for (let at = firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      use += bundles.weight[at] * level[bundles.holder[at]];
    }
    return use;
  }

  /** Puts a flow where it seems to belong; `settle` finds where it does. */
  add(flow: FlowId, left: number): void {
    const { limits } = this;
    let lowest = Number.POSITIVE_INFINITY;
    let holder = NONE;
    const first = flow * CROSSINGS;
    for (let at = first, end = first + this.crossings[flow]; at < end; at++) {
      const limit = this.bundles.limit(at);
      const level = this.#prospect(limit, this.weight[flow], lowest);
      if (level >= lowest) continue;
      lowest = level;
      holder = limit;
    }
    assert(holder !== NONE, "a flow has neither a shared link nor a cap");
    if (limits.watched[holder] === 0) this.#watch(holder, this.use(holder));
    if (limits.held[holder] === 0) this.#begin(holder, lowest);
    this.#hold(flow, holder, left);
  }

  /** Takes a flow off all that it crosses. */
  remove(flow: FlowId): void {
    const { limits, bundles } = this;
    const limit = this.holder[flow];
    const weight = this.weight[flow];
    limits.ends[limit] = this.ends.remove(limits.ends[limit], flow);
    const first = flow * CROSSINGS;
    for (let at = first, end = first + this.crossings[flow]; at < end; at++) {
      if (bundles.limit(at) !== limit) this.#part(at, weight);
    }
    this.holder[flow] = NONE;
    limits.changes[limit]++;
    if (--limits.held[limit] === 0) {
      limits.weight[limit] = 0;
      limits.level[limit] = 0;
    } else limits.weight[limit] -= weight;
    this.#wait(limit);
  }

  /** Moves flows until the rates are fair; false if that has no end. */
  settle(): boolean {
    for (let step = 0; this.#waiting.length > 0; step++) {
      if (step === MAX_STEPS) return false;
      const limit = this.#takeLowest();
      if (this.limits.watched[limit] === 1 || this.#isExceeded(limit)) this.#look(limit);
    }
    return true;
  }

  /** The level at which the limit would hold one more flow, or more than `enough`. */
  #prospect(limit: LimitId, weight: number, enough: number): number {
    const { watched, capacity, fixed, ins, reserve } = this.limits;
    if (watched[limit] === 1) {
      return Math.max(0, capacity[limit] - fixed[limit]) / (this.limits.weight[limit] + weight);
    }
    if (ins[limit] === 0) return capacity[limit] / weight;
    const least = reserve[limit] / weight;
    return least >= enough ? least : Math.max(0, capacity[limit] - this.use(limit)) / weight;
  }

  /** A limit's clock starts with its first flow, so that it stays near what is left to serve. */
  #begin(limit: LimitId, level: number): void {
    this.limits.level[limit] = level;
    this.limits.served[limit] = 0;
    this.limits.since[limit] = this.now;
  }

  #hold(flow: FlowId, limit: LimitId, left: number): void {
    const { limits, bundles } = this;
    const weight = this.weight[flow];
    this.holder[flow] = limit;
    limits.held[limit]++;
    limits.weight[limit] += weight;
    limits.changes[limit]++;
    const end = limits.servedAt(limit, this.now) + left / weight;
    limits.ends[limit] = this.ends.insert(limits.ends[limit], flow, end, this.order[flow]);
    const first = flow * CROSSINGS;
    for (let at = first, last = first + this.crossings[flow]; at < last; at++) {
      const across = bundles.limit(at);
      if (across !== limit) this.#join(at, weight, limit, across);
    }
    this.#wait(limit);
  }

  #join(crossing: CrossingId, weight: number, holder: LimitId, across: LimitId): void {
    const { limits, bundles } = this;
    let bundle = bundles.find(holder, across);
    const isNew = bundle === NONE;
    if (isNew) bundle = bundles.make(holder, across);
    bundles.addMember(bundle, crossing, weight);
    if (limits.watched[across] === 0) {
      this.#extend(bundle, weight, isNew);
      return;
    }
    if (isNew) this.#tie(bundle);
    limits.fixed[across] += weight * limits.level[holder];
    limits.changes[across]++;
    this.#wait(across);
  }

  /** Extends the allowance of a bundle that has grown from the reserve. */
  #extend(bundle: BundleId, weight: number, isNew: boolean): void {
    const { limits, bundles } = this;
    const { heaps } = bundles;
    const holder = bundles.holder[bundle];
    const across = bundles.across[bundle];
    const level = limits.level[holder];
    const before = isNew ? 0 : heaps.key[bundle] * (bundles.weight[bundle] - weight);
    const reserve = limits.reserve[across];
    const given = limits.ins[across] === 1 ? reserve : Math.min(reserve, AMPLE * weight * level);
    if (reserve < Number.POSITIVE_INFINITY) limits.reserve[across] = reserve - given;
    const allowance = (before + given) / bundles.weight[bundle];
    const heap = limits.allowances[holder];
    limits.allowances[holder] = isNew
      ? heaps.insert(heap, bundle, allowance, bundle)
      : heaps.move(heap, bundle, allowance);
    if (allowance < level) this.#wait(across);
  }

  #part(crossing: CrossingId, weight: number): void {
    const { limits, bundles } = this;
    const bundle = bundles.bundle(crossing);
    const holder = bundles.holder[bundle];
    const across = bundles.across[bundle];
    const isWatched = limits.watched[across] === 1;
    bundles.removeMember(bundle, crossing, weight);
    if (isWatched) {
      limits.fixed[across] -= weight * limits.level[holder];
      limits.changes[across]++;
      this.#wait(across);
    } else limits.reserve[across] += weight * bundles.heaps.key[bundle];
    if (bundles.members[bundle] > 0) return;
    const heaps = isWatched ? limits.levels : limits.allowances;
    const owner = isWatched ? across : holder;
    heaps[owner] = bundles.heaps.remove(heaps[owner], bundle);
    bundles.drop(bundle);
    if (limits.ins[across] > 0) return;
    limits.fixed[across] = 0;
    limits.reserve[across] = limits.capacity[across];
  }

  #wait(limit: LimitId): void {
    const { waits, touched } = this.limits;
    if (waits[limit] === 1) return;
    waits[limit] = 1;
    this.#waiting.push(limit);
    if (touched[limit] === 1) return;
    touched[limit] = 1;
    this.touched.push(limit);
  }

  #takeLowest(): LimitId {
    const { level, waits } = this.limits;
    const waiting = this.#waiting;
    let least = 0;
    for (let i = 1; i < waiting.length; i++) {
      if (level[waiting[i]] < level[waiting[least]]) least = i;
    }
    const limit = waiting[least];
    waiting[least] = waiting[waiting.length - 1];
    waiting.pop();
    waits[limit] = 0;
    return limit;
  }

  /** Adds up the use of a limit that nobody watches: it gives out new allowances, or is watched. */
  #isExceeded(limit: LimitId): boolean {
    const use = this.use(limit);
    const isExceeded = use > this.limits.capacity[limit] * (1 + ROUNDING);
    if (isExceeded) this.#watch(limit, use);
    else this.#allow(limit, use);
    return isExceeded;
  }

  /** Half of what is spare is shared in proportion to the rates, and half is kept for new flows. */
  #allow(limit: LimitId, use: number): void {
    const { limits, bundles } = this;
    const spare = Math.max(0, limits.capacity[limit] - use);
    if (spare === Number.POSITIVE_INFINITY) return;
    const isOnly = limits.ins[limit] === 1;
    limits.reserve[limit] = isOnly ? 0 : spare / 2;
    const shared = isOnly ? spare : spare / 2;
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      const holder = bundles.holder[at];
      const level = limits.level[holder];
      const part =
        use > 0 ? (level * shared) / use : shared / limits.ins[limit] / bundles.weight[at];
      limits.allowances[holder] = bundles.heaps.move(limits.allowances[holder], at, level + part);
    }
  }

  /** The limit is told of every change from now on. */
  #watch(limit: LimitId, use: number): void {
    const { limits, bundles } = this;
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      const holder = bundles.holder[at];
      bundles.leaveOut(at);
      limits.allowances[holder] = bundles.heaps.remove(limits.allowances[holder], at);
    }
    limits.watched[limit] = 1;
    limits.fixed[limit] = use;
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      bundles.enterOut(at);
      this.#tie(at);
    }
  }

  #tie(bundle: BundleId): void {
    const { limits, bundles } = this;
    const across = bundles.across[bundle];
    const level = limits.level[bundles.holder[bundle]];
    limits.levels[across] = bundles.heaps.insert(limits.levels[across], bundle, -level, bundle);
  }

  #unwatch(limit: LimitId): void {
    const { limits, bundles } = this;
    const use = limits.fixed[limit];
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) bundles.leaveOut(at);
    limits.levels[limit] = NONE;
    limits.watched[limit] = 0;
    limits.reserve[limit] = limits.capacity[limit];
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      const holder = bundles.holder[at];
      const heap = limits.allowances[holder];
      bundles.enterOut(at);
      limits.allowances[holder] = bundles.heaps.insert(heap, at, Number.POSITIVE_INFINITY, at);
    }
    this.#allow(limit, use);
  }

  /** Finds the level of a watched limit, and takes over the flows whose level it is below. */
  #look(limit: LimitId): void {
    const { limits, bundles } = this;
    if (limits.changes[limit] > FRESH + 4 * (limits.ins[limit] + limits.held[limit])) {
      this.#addUp(limit);
    }
    let level = this.#levelOf(limit);
    for (let top = limits.levels[limit]; top !== NONE; top = limits.levels[limit]) {
      if (limits.level[bundles.holder[top]] <= level * (1 + ROUNDING)) break;
      this.#takeOver(top);
      level = this.#levelOf(limit);
    }
    if (limits.held[limit] > 0) {
      if (level !== limits.level[limit]) this.#setLevel(limit, level);
    } else if (limits.fixed[limit] <= limits.capacity[limit] / 2) this.#unwatch(limit);
  }

  #levelOf(limit: LimitId): number {
    const { capacity, fixed, held, weight } = this.limits;
    if (held[limit] > 0) return Math.max(0, capacity[limit] - fixed[limit]) / weight[limit];
    const isExceeded = fixed[limit] > capacity[limit] * (1 + ROUNDING);
    return isExceeded ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  /** What a bundle crosses holds it from now on. */
  #takeOver(bundle: BundleId): void {
    const { limits, bundles } = this;
    const limit = bundles.across[bundle];
    if (limits.held[limit] === 0) this.#begin(limit, limits.level[bundles.holder[bundle]]);
    // With its last member the bundle is gone.
    for (let members = bundles.members[bundle]; members > 0; members--) {
      const flow = flowAt(bundles.first[bundle]);
      const left = this.left(flow);
      this.remove(flow);
      this.#hold(flow, limit, left);
    }
  }

  #setLevel(limit: LimitId, level: number): void {
    const { limits, bundles } = this;
    const { heaps } = bundles;
    const rise = level - limits.level[limit];
    limits.served[limit] = limits.servedAt(limit, this.now);
    limits.since[limit] = this.now;
    limits.level[limit] = level;
    for (let at = limits.firstTied[limit]; at !== NONE; at = bundles.nextOut(at)) {
      const across = bundles.across[at];
      limits.fixed[across] += bundles.weight[at] * rise;
      limits.changes[across]++;
      limits.levels[across] = heaps.move(limits.levels[across], at, -level);
      this.#wait(across);
    }
    for (let top = limits.allowances[limit]; top !== NONE; top = limits.allowances[limit]) {
      if (heaps.key[top] >= level) break;
      // What it crosses is asked for a new allowance, or takes it over.
      limits.allowances[limit] = heaps.move(top, top, Number.POSITIVE_INFINITY);
      this.#wait(bundles.across[top]);
    }
  }

  /** Rounding adds up with the changes; this begins anew. */
  #addUp(limit: LimitId): void {
    const { limits, bundles } = this;
    limits.changes[limit] = 0;
    limits.fixed[limit] = 0;
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      limits.fixed[limit] += bundles.weight[at] * limits.level[bundles.holder[at]];
    }
    limits.weight[limit] = 0;
    for (let flow = limits.ends[limit]; flow !== NONE; flow = this.ends.after(flow)) {
      limits.weight[limit] += this.weight[flow];
    }
  }
}
