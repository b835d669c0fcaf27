import { assert } from "../../engine/assert.ts";
import type { FlowId } from "../flow-spec.ts";
import { NONE } from "../link-table.ts";
import type { BundleId } from "./bundle-table.ts";
import { firstCrossing, flowAt } from "./crossing-table.ts";
import { Heaps } from "./heaps.ts";
import type { LimitId } from "./limit-table.ts";
import { LimitUse, ROUNDING } from "./limit-use.ts";

/** Looks at limits after one change from which on a level is kept that would change by rounding alone. */
const LONG = 1000;

/** Share by which levels differ that have been rounded on their way round many limits. */
const ROUNDED_OFTEN = 1e-10;

/** A limit's sums are added up anew after at least so many changes, since rounding errors pile up. */
const FRESH = 1000;

/**
 * Weighted max-min fair rates at a cost that does not depend on how many flows a limit holds.
 *
 * Every flow is held by one limit on its way, and moves at this limit's level times its own weight, so
 * that one number changes the rates of thousands. The rates are max-min fair when no limit is
 * exceeded and no flow crosses a limit of a lower level than its holder's (Bertsekas and Gallager,
 * Data Networks, 2nd ed., section 6.5.2).
 *
 * After a change, the limits for which this may have become false wait. They are looked at one by
 * one, the lowest level first, since a level depends on lower ones only. A limit that is looked at
 * takes over the flows to which it gives less than their holder does, and the other limits on their
 * way are told. `README.md` has the inequalities, an example and a glossary.
 */
export class FairLevels {
  readonly uses = new LimitUse();
  readonly limits = this.uses.limits;
  readonly bundles = this.uses.bundles;
  readonly crossings = this.uses.crossings;
  /** The flows of each limit, by what will have been served when they end. */
  readonly ends = new Heaps();
  /** Seconds; the caller keeps it. */
  now = 0;

  /** Bytes a flow has still to move. */
  left(flow: FlowId): number {
    const served = this.limits.servedAt(this.crossings.holder(flow), this.now);
    return Math.max(0, (this.ends.key(flow) - served) * this.crossings.weight(flow));
  }

  /** Puts a flow where it seems to belong; `settle` finds where it does. */
  add(flow: FlowId, left: number): void {
    const { limits, crossings } = this;
    const weight = crossings.weight(flow);
    let lowest = Number.POSITIVE_INFINITY;
    let holder = NONE;
    for (let at = firstCrossing(flow), end = crossings.endCrossing(flow); at < end; at++) {
      const limit = crossings.limit(at);
      const level = this.uses.prospect(limit, weight, lowest);
      if (level >= lowest) continue;
      lowest = level;
      holder = limit;
    }
    assert(holder !== NONE, "a flow has neither a shared link nor a cap");
    if (limits.watched[holder] === 0) this.uses.watch(holder, this.uses.use(holder));
    if (limits.held[holder] === 0) this.#begin(holder, lowest);
    this.#hold(flow, holder, left);
  }

  /** Takes a flow off all that it crosses. */
  remove(flow: FlowId): void {
    const { limits, crossings } = this;
    const limit = crossings.holder(flow);
    const weight = crossings.weight(flow);
    limits.ends[limit] = this.ends.remove(limits.ends[limit], flow);
    for (let at = firstCrossing(flow), end = crossings.endCrossing(flow); at < end; at++) {
      if (crossings.limit(at) !== limit) this.uses.part(at, weight);
    }
    crossings.setHolder(flow, NONE);
    limits.changes[limit]++;
    if (--limits.held[limit] === 0) {
      limits.weight[limit] = 0;
      limits.level[limit] = 0;
    } else limits.weight[limit] -= weight;
    this.uses.wait(limit);
  }

  /** Moves flows until the rates are fair; false if more limits than this have to be looked at. */
  settle(maxSteps: number): boolean {
    for (let step = 0; this.uses.waiting > 0; step++) {
      if (step === maxSteps) return false;
      const limit = this.uses.takeLowest();
      if (this.limits.watched[limit] === 0 && !this.uses.isExceeded(limit)) continue;
      this.#look(limit, step < LONG ? 0 : ROUNDED_OFTEN);
    }
    return true;
  }

  /** A limit's clock starts with its first flow, so that it stays near what is left to serve. */
  #begin(limit: LimitId, level: number): void {
    this.limits.level[limit] = level;
    this.limits.served[limit] = 0;
    this.limits.since[limit] = this.now;
  }

  #hold(flow: FlowId, limit: LimitId, left: number): void {
    const { limits, crossings } = this;
    const weight = crossings.weight(flow);
    crossings.setHolder(flow, limit);
    limits.held[limit]++;
    limits.weight[limit] += weight;
    limits.changes[limit]++;
    const end = limits.servedAt(limit, this.now) + left / weight;
    limits.ends[limit] = this.ends.insert(limits.ends[limit], flow, end);
    for (let at = firstCrossing(flow), last = crossings.endCrossing(flow); at < last; at++) {
      const across = crossings.limit(at);
      if (across !== limit) this.uses.join(at, weight, limit, across);
    }
    this.uses.wait(limit);
  }

  /**
   * Finds the level of a watched limit, and takes over the flows whose level it is below. Of limits
   * whose levels are equal but for rounding, each would move the next, round and round: a change of no
   * more than `tolerance` is none.
   */
  #look(limit: LimitId, tolerance: number): void {
    const { limits, bundles } = this;
    if (limits.changes[limit] > FRESH + 4 * (limits.ins[limit] + limits.held[limit])) {
      this.#addUp(limit);
    }
    let level = this.#levelOf(limit);
    for (let top = limits.levels[limit]; top !== NONE; top = limits.levels[limit]) {
      if (limits.level[bundles.holder(top)] <= level * (1 + ROUNDING + tolerance)) break;
      this.#takeOver(top);
      level = this.#levelOf(limit);
    }
    if (limits.held[limit] > 0) {
      const change = Math.abs(level - limits.level[limit]);
      if (change > tolerance * limits.level[limit]) this.#setLevel(limit, level);
    } else if (limits.fixed[limit] <= limits.capacity[limit] / 2) this.uses.unwatch(limit);
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
    const limit = bundles.across(bundle);
    if (limits.held[limit] === 0) this.#begin(limit, limits.level[bundles.holder(bundle)]);
    // With its last member the bundle is gone.
    for (let members = bundles.members(bundle); members > 0; members--) {
      const flow = flowAt(bundles.first(bundle));
      const left = this.left(flow);
      this.remove(flow);
      this.#hold(flow, limit, left);
    }
  }

  #setLevel(limit: LimitId, level: number): void {
    const { limits } = this;
    const rise = level - limits.level[limit];
    limits.served[limit] = limits.servedAt(limit, this.now);
    limits.since[limit] = this.now;
    limits.level[limit] = level;
    this.uses.tell(limit, rise);
  }

  /** Rounding adds up with the changes; this begins anew. */
  #addUp(limit: LimitId): void {
    const { limits, bundles } = this;
    limits.changes[limit] = 0;
    limits.fixed[limit] = 0;
    for (let at = limits.firstIn[limit]; at !== NONE; at = bundles.nextIn(at)) {
      limits.fixed[limit] += bundles.weight(at) * limits.level[bundles.holder(at)];
    }
    limits.weight[limit] = 0;
    for (let flow = limits.ends[limit]; flow !== NONE; flow = this.ends.after(flow)) {
      limits.weight[limit] += this.crossings.weight(flow);
    }
  }
}
