import { NONE } from "../link-table.ts";
import { type BundleId, BundleTable } from "./bundle-table.ts";
import { type CrossingId, CrossingTable } from "./crossing-table.ts";
import { type LimitId, LimitTable } from "./limit-table.ts";

/** Levels repeat, and limits are kept, to within this share: rounding is no reason to move a flow. */
export const ROUNDING = 1e-12;

/** A new flow raises its bundle's allowance by this many times its rate, so that it seldom has to ask. */
const AMPLE = 2;

/**
 * How much of each limit is used, and which limits a change makes worth a look.
 *
 * A limit that holds flows is watched: it is told of every change. One that holds none need not be. It
 * shares its capacity out in allowances, one for each bundle that crosses it. While no holder's level
 * is above one of its allowances, no limit is exceeded, and a change costs the holder one comparison:
 * with the least of them.
 */
export class LimitUse {
  readonly limits = new LimitTable();
  readonly crossings = new CrossingTable();
  readonly bundles = new BundleTable(this.limits, this.crossings);
  readonly #touched: LimitId[] = [];
  readonly #waiting: LimitId[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  /** A limit that was worth a look since it was last taken here, or `NONE`. */
  takeTouched(): LimitId {
    const limit = this.#touched.pop() ?? NONE;
    if (limit !== NONE) this.limits.touched[limit] = 0;
    return limit;
  }

  setCapacity(limit: LimitId, capacity: number): void {
    this.limits.capacity[limit] = capacity;
    this.limits.reserve[limit] = capacity;
    if (this.limits.ins[limit] > 0 || this.limits.held[limit] > 0) this.wait(limit);
  }

  /** Bytes per second of all that crosses the limit. */
  use(limit: LimitId): number {
    const { watched, fixed, weight, level, firstIn } = this.limits;
    const { bundles } = this;
    const held = weight[limit] * level[limit];
    if (watched[limit] === 1) return fixed[limit] + held;
    let use = held;
    for (let at = firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      use += bundles.weight(at) * level[bundles.holder(at)];
    }
    return use;
  }

  /** The level that the limit could offer to one more flow; if it is `enough`, it may be understated. */
  prospect(limit: LimitId, weight: number, enough: number): number {
    const { watched, capacity, fixed, ins, reserve } = this.limits;
    if (watched[limit] === 1) {
      return Math.max(0, capacity[limit] - fixed[limit]) / (this.limits.weight[limit] + weight);
    }
    if (ins[limit] === 0) return capacity[limit] / weight;
    const least = reserve[limit] / weight;
    return least >= enough ? least : Math.max(0, capacity[limit] - this.use(limit)) / weight;
  }

  wait(limit: LimitId): void {
    const { waits, touched } = this.limits;
    if (waits[limit] === 1) return;
    waits[limit] = 1;
    this.#waiting.push(limit);
    if (touched[limit] === 1) return;
    touched[limit] = 1;
    this.#touched.push(limit);
  }

  takeLowest(): LimitId {
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

  join(crossing: CrossingId, weight: number, holder: LimitId, across: LimitId): void {
    const { limits, bundles } = this;
    let bundle = bundles.find(holder, across);
    const isNew = bundle === NONE;
    if (isNew) bundle = bundles.make(holder, across);
    bundles.addMember(bundle, crossing, weight);
    if (limits.watched[across] === 0) {
      this.#extend(bundle, weight, isNew);
      return;
    }
    if (isNew) this.#rank(bundle);
    limits.fixed[across] += weight * limits.level[holder];
    limits.changes[across]++;
    this.wait(across);
  }

  /** Raises the allowance of a bundle that has grown; the reserve pays for it. */
  #extend(bundle: BundleId, weight: number, isNew: boolean): void {
    const { limits, bundles } = this;
    const { heaps } = bundles;
    const holder = bundles.holder(bundle);
    const across = bundles.across(bundle);
    const level = limits.level[holder];
    const before = isNew ? 0 : heaps.key(bundle) * (bundles.weight(bundle) - weight);
    const reserve = limits.reserve[across];
    const most = limits.ins[across] === 1 ? reserve / 2 : AMPLE * weight * level;
    const given = Math.min(reserve, most);
    if (reserve < Number.POSITIVE_INFINITY) limits.reserve[across] = reserve - given;
    const allowance = (before + given) / bundles.weight(bundle);
    const heap = limits.allowances[holder];
    limits.allowances[holder] = isNew
      ? heaps.insert(heap, bundle, allowance)
      : heaps.move(heap, bundle, allowance);
    if (allowance < level) this.wait(across);
  }

  part(crossing: CrossingId, weight: number): void {
    const { limits, bundles } = this;
    const bundle = this.crossings.bundle(crossing);
    const holder = bundles.holder(bundle);
    const across = bundles.across(bundle);
    const isWatched = limits.watched[across] === 1;
    bundles.removeMember(bundle, crossing, weight);
    if (isWatched) {
      limits.fixed[across] -= weight * limits.level[holder];
      limits.changes[across]++;
      this.wait(across);
    } else limits.reserve[across] += weight * bundles.heaps.key(bundle);
    if (bundles.members(bundle) > 0) return;
    const heaps = isWatched ? limits.levels : limits.allowances;
    const owner = isWatched ? across : holder;
    heaps[owner] = bundles.heaps.remove(heaps[owner], bundle);
    bundles.drop(bundle);
    if (limits.ins[across] > 0) return;
    limits.fixed[across] = 0;
    limits.reserve[across] = limits.capacity[across];
  }

  /** The limit's level has risen by so much, or fallen: tells the limits that its flows also cross. */
  tell(limit: LimitId, rise: number): void {
    const { limits, bundles } = this;
    const { heaps } = bundles;
    const level = limits.level[limit];
    for (let at = limits.firstTied[limit]; at !== NONE; at = bundles.nextTied(at)) {
      const across = bundles.across(at);
      limits.fixed[across] += bundles.weight(at) * rise;
      limits.changes[across]++;
      limits.levels[across] = heaps.move(limits.levels[across], at, -level);
      this.wait(across);
    }
    for (let top = limits.allowances[limit]; top !== NONE; top = limits.allowances[limit]) {
      if (heaps.key(top) >= level) break;
      // The limit that it crosses will give a new allowance, or take the flows over.
      limits.allowances[limit] = heaps.move(top, top, Number.POSITIVE_INFINITY);
      this.wait(bundles.across(top));
    }
  }

  /** Adds up the use of a limit that is not watched, which then gives new allowances or is watched. */
  isExceeded(limit: LimitId): boolean {
    const use = this.use(limit);
    const isExceeded = use > this.limits.capacity[limit] * (1 + ROUNDING);
    if (isExceeded) this.watch(limit, use);
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
      const holder = bundles.holder(at);
      const level = limits.level[holder];
      const part =
        use > 0 ? (level * shared) / use : shared / limits.ins[limit] / bundles.weight(at);
      limits.allowances[holder] = bundles.heaps.move(limits.allowances[holder], at, level + part);
    }
  }

  /** The limit is told of every change from now on. */
  watch(limit: LimitId, use: number): void {
    const { limits, bundles } = this;
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      const holder = bundles.holder(at);
      limits.allowances[holder] = bundles.heaps.remove(limits.allowances[holder], at);
    }
    limits.watched[limit] = 1;
    limits.fixed[limit] = use;
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      bundles.tie(at);
      this.#rank(at);
    }
  }

  /** Puts a tied bundle in its place among those that cross the limit. */
  #rank(bundle: BundleId): void {
    const { limits, bundles } = this;
    const across = bundles.across(bundle);
    const level = limits.level[bundles.holder(bundle)];
    limits.levels[across] = bundles.heaps.insert(limits.levels[across], bundle, -level);
  }

  unwatch(limit: LimitId): void {
    const { limits, bundles } = this;
    const use = limits.fixed[limit];
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) bundles.untie(at);
    limits.levels[limit] = NONE;
    limits.watched[limit] = 0;
    limits.reserve[limit] = limits.capacity[limit];
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      const holder = bundles.holder(at);
      const heap = limits.allowances[holder];
      limits.allowances[holder] = bundles.heaps.insert(heap, at, Number.POSITIVE_INFINITY);
    }
    this.#allow(limit, use);
  }
}
