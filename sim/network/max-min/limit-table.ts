import { NO_TICKET } from "../../engine/event-queue.ts";
import { grown } from "../../engine/grown.ts";
import type { FlowId } from "../flow-spec.ts";
import { type LinkId, NONE } from "../link-table.ts";

/** What can hold a flow back: a link, or the flow's own cap, which is a link of its own. */
export type LimitId = number;

export function limitOfLink(link: LinkId): LimitId {
  return 2 * link;
}

export function limitOfCap(flow: FlowId): LimitId {
  return 2 * flow + 1;
}

/** The link that is the limit, or `NONE` for a cap. */
export function linkOf(limit: LimitId): LinkId {
  return (limit & 1) === 0 ? limit >> 1 : NONE;
}

const FIRST_SIZE = 64;

/** The limits of a network, as columns. */
export class LimitTable {
  /** Bytes per second that background traffic leaves. */
  capacity = new Float64Array(FIRST_SIZE);
  /** Flows held here, and the sum of their weights. */
  held = new Int32Array(FIRST_SIZE);
  weight = new Float64Array(FIRST_SIZE);
  /** Bytes per second for each unit of weight of the flows held here; 0 where none is. */
  level = new Float64Array(FIRST_SIZE);
  /** Bytes served for each unit of weight until `since`: a clock that runs at the level. */
  served = new Float64Array(FIRST_SIZE);
  since = new Float64Array(FIRST_SIZE);
  /** 1 where `fixed`, the rate of the flows held elsewhere, is kept up to date. */
  watched = new Uint8Array(FIRST_SIZE);
  fixed = new Float64Array(FIRST_SIZE);
  /** Where `watched` is 0: the part of the capacity that no allowance covers. */
  reserve = new Float64Array(FIRST_SIZE);
  /** Bundles that cross the limit and are held elsewhere: their list and number. */
  firstIn = new Int32Array(FIRST_SIZE).fill(NONE);
  ins = new Int32Array(FIRST_SIZE);
  /** Bundles held here that are tied: they cross a watched limit. */
  firstTied = new Int32Array(FIRST_SIZE).fill(NONE);
  /** Heap of the flows held here, by what will have been served when each ends. */
  ends = new Int32Array(FIRST_SIZE).fill(NONE);
  /** Heap of the loose bundles held here, by the allowance. */
  allowances = new Int32Array(FIRST_SIZE).fill(NONE);
  /** Heap of the bundles that cross the limit, if it is watched, the highest level first. */
  levels = new Int32Array(FIRST_SIZE).fill(NONE);
  /** Changes of `fixed` and `weight` since they were last added up. */
  changes = new Int32Array(FIRST_SIZE);
  /** Ticket of the first end, and its time. */
  timer = new Float64Array(FIRST_SIZE).fill(NO_TICKET);
  due = new Float64Array(FIRST_SIZE).fill(Number.POSITIVE_INFINITY);
  /** 1 where the limit waits to be looked at, and where it has waited since timers were last set. */
  waits = new Uint8Array(FIRST_SIZE);
  touched = new Uint8Array(FIRST_SIZE);

  ensure(limit: LimitId): void {
    if (limit >= this.level.length) this.#grow(limit);
  }

  /** What has been served by now. */
  servedAt(limit: LimitId, now: number): number {
    return this.served[limit] + this.level[limit] * (now - this.since[limit]);
  }

  #grow(limit: LimitId): void {
    const before = this.level.length;
    let size = before;
    while (size <= limit) size *= 2;
    const doubles = (old: Float64Array) => grown(old, new Float64Array(size));
    const numbers = (old: Int32Array) => grown(old, new Int32Array(size));
    const names = (old: Int32Array) => numbers(old).fill(NONE, before);
    const flags = (old: Uint8Array) => grown(old, new Uint8Array(size));
    this.capacity = doubles(this.capacity);
    this.held = numbers(this.held);
    this.weight = doubles(this.weight);
    this.level = doubles(this.level);
    this.served = doubles(this.served);
    this.since = doubles(this.since);
    this.watched = flags(this.watched);
    this.fixed = doubles(this.fixed);
    this.reserve = doubles(this.reserve);
    this.firstIn = names(this.firstIn);
    this.ins = numbers(this.ins);
    this.firstTied = names(this.firstTied);
    this.ends = names(this.ends);
    this.allowances = names(this.allowances);
    this.levels = names(this.levels);
    this.changes = numbers(this.changes);
    this.timer = doubles(this.timer).fill(NO_TICKET, before);
    this.due = doubles(this.due).fill(Number.POSITIVE_INFINITY, before);
    this.waits = flags(this.waits);
    this.touched = flags(this.touched);
  }
}
