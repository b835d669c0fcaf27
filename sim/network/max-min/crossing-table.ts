import { grown } from "../../engine/grown.ts";
import { type FlowId, MAX_HOPS } from "../flow-spec.ts";
import { NONE } from "../link-table.ts";
import type { LimitId } from "./limit-table.ts";

/** A limit on the way of a flow. */
export type CrossingId = number;

/** A flow's record: one part of its own, then one for each of its links, and one for its cap. */
const PARTS = 1 + MAX_HOPS + 1;

// In doubles and, over the same bytes, in whole numbers: what is read together lies together.
const DOUBLES = 2;
const WEIGHT = 0;
const NUMBERS = 4;
const HOLDER = 2;
const CROSSED = 3;
const LIMIT = 0;
const BUNDLE = 1;
const NEXT = 2;
const BEFORE = 3;

const FIRST_SIZE = 64;

export function flowAt(crossing: CrossingId): FlowId {
  return (crossing / PARTS) | 0;
}

/** The crossing of the first limit on the way of a flow; the others follow. */
export function firstCrossing(flow: FlowId): CrossingId {
  return flow * PARTS + 1;
}

/** What holds each flow, the limits it crosses, and the lists of members of bundles. */
export class CrossingTable {
  #doubles = new Float64Array(FIRST_SIZE * PARTS * DOUBLES);
  #numbers = new Int32Array(this.#doubles.buffer);

  /** A flow that nothing holds and that crosses nothing. */
  begin(flow: FlowId, weight: number): void {
    if ((flow + 1) * PARTS * DOUBLES > this.#doubles.length) this.#grow(flow);
    this.#doubles[flow * PARTS * DOUBLES + WEIGHT] = weight;
    this.#numbers[flow * PARTS * NUMBERS + HOLDER] = NONE;
    this.#numbers[flow * PARTS * NUMBERS + CROSSED] = 0;
  }

  /** The flow crosses one more limit. */
  cross(flow: FlowId, limit: LimitId): void {
    const crossed = this.#numbers[flow * PARTS * NUMBERS + CROSSED]++;
    this.#numbers[(firstCrossing(flow) + crossed) * NUMBERS + LIMIT] = limit;
  }

  /** Takes back the last crossing, if it is of this limit. */
  uncross(flow: FlowId, limit: LimitId): void {
    const last = this.endCrossing(flow) - 1;
    if (last < firstCrossing(flow) || this.limit(last) !== limit) return;
    this.#numbers[flow * PARTS * NUMBERS + CROSSED]--;
  }

  setWeight(flow: FlowId, weight: number): void {
    this.#doubles[flow * PARTS * DOUBLES + WEIGHT] = weight;
  }

  /** Whether the number has been given to a flow that something holds. */
  isHeld(flow: FlowId): boolean {
    const at = flow * PARTS * NUMBERS;
    return (
      at < this.#numbers.length && this.#numbers[at + CROSSED] > 0 && this.holder(flow) !== NONE
    );
  }

  weight(flow: FlowId): number {
    return this.#doubles[flow * PARTS * DOUBLES + WEIGHT];
  }

  holder(flow: FlowId): LimitId {
    return this.#numbers[flow * PARTS * NUMBERS + HOLDER];
  }

  setHolder(flow: FlowId, limit: LimitId): void {
    this.#numbers[flow * PARTS * NUMBERS + HOLDER] = limit;
  }

  /** The crossing after the last one of the flow. */
  endCrossing(flow: FlowId): CrossingId {
    return firstCrossing(flow) + this.#numbers[flow * PARTS * NUMBERS + CROSSED];
  }

  limit(crossing: CrossingId): LimitId {
    return this.#numbers[crossing * NUMBERS + LIMIT];
  }

  /** The bundle that the flow is a member of at this crossing. */
  bundle(crossing: CrossingId): number {
    return this.#numbers[crossing * NUMBERS + BUNDLE];
  }

  /** The crossing of the bundle's next member, or `NONE`. */
  next(crossing: CrossingId): CrossingId {
    return this.#numbers[crossing * NUMBERS + NEXT];
  }

  /** Puts the crossing before the first one of a bundle. */
  enter(crossing: CrossingId, bundle: number, first: CrossingId): void {
    const numbers = this.#numbers;
    const at = crossing * NUMBERS;
    numbers[at + BUNDLE] = bundle;
    numbers[at + NEXT] = first;
    numbers[at + BEFORE] = NONE;
    if (first !== NONE) numbers[first * NUMBERS + BEFORE] = crossing;
  }

  /** Takes a crossing off the list of its bundle; returns which is the first then. */
  leave(crossing: CrossingId, first: CrossingId): CrossingId {
    const numbers = this.#numbers;
    const next = numbers[crossing * NUMBERS + NEXT];
    const before = numbers[crossing * NUMBERS + BEFORE];
    if (next !== NONE) numbers[next * NUMBERS + BEFORE] = before;
    if (before === NONE) return next;
    numbers[before * NUMBERS + NEXT] = next;
    return first;
  }

  #grow(flow: FlowId): void {
    let size = this.#doubles.length;
    while (size < (flow + 1) * PARTS * DOUBLES) size *= 2;
    this.#doubles = grown(this.#doubles, new Float64Array(size));
    this.#numbers = new Int32Array(this.#doubles.buffer);
  }
}
