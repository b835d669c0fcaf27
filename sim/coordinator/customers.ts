import { SERVER } from "../policies/index.ts";
import { grown, refill } from "./columns.ts";

/** In place of the number of a transfer. */
export const NO_TRANSFER = -1;
const NO_PLACE = -1;

/** Seconds without a request after which a customer is forgotten. */
const IDLE = 86_400;

/**
 * What the server remembers of its customers, in columns by place; the places of those that have asked
 * for nothing for a day are used again.
 */
export class Customers {
  /** By place: whom the customer was last sent to, and when. */
  lastNode = new Int32Array(64);
  lastAt = new Float64Array(64);
  /** How many downloads it has been seen to run at once. */
  width = new Int32Array(64);
  /** Its latest transfer, or `NO_TRANSFER`; the others follow in a list. */
  transfer = new Int32Array(64);
  #numbers = new Float64Array(64);
  #askedAt = new Float64Array(64);
  /** The places in the order of their last requests: before and behind each. */
  #older = new Int32Array(64);
  #newer = new Int32Array(64);
  #oldest = NO_PLACE;
  #newest = NO_PLACE;
  readonly #places = new Map<number, number>();
  readonly #free: number[] = [];
  #used = 0;
  readonly #onForgotten: (place: number, now: number) => void;

  /** `onForgotten` is told of a place before it is used again. */
  constructor(onForgotten: (place: number, now: number) => void) {
    this.#onForgotten = onForgotten;
  }

  /** Customers remembered. */
  get count(): number {
    return this.#places.size;
  }

  /** The place of a customer that is remembered. */
  find(customer: number): number | undefined {
    return this.#places.get(customer);
  }

  /** The number of the customer at a place. */
  numberOf(place: number): number {
    return this.#numbers[place];
  }

  /** A customer asks for something now: its place. Those idle for a day are forgotten. */
  meet(customer: number, now: number): number {
    this.#forgetIdle(now);
    let place = this.#places.get(customer);
    if (place === undefined) place = this.#add(customer);
    else this.#unlink(place);
    this.#link(place);
    this.#askedAt[place] = now;
    return place;
  }

  /** The customer was sent to a volunteer. */
  sent(place: number, node: number, now: number): void {
    this.lastNode[place] = node;
    this.lastAt[place] = now;
  }

  #forgetIdle(now: number): void {
    while (this.#oldest !== NO_PLACE && now - this.#askedAt[this.#oldest] > IDLE) {
      const place = this.#oldest;
      this.#onForgotten(place, now);
      this.#unlink(place);
      this.#places.delete(this.#numbers[place]);
      this.#free.push(place);
    }
  }

  #add(customer: number): number {
    const place = this.#free.pop() ?? this.#used++;
    if (place === this.width.length) this.#grow(place);
    this.#places.set(customer, place);
    this.#numbers[place] = customer;
    this.lastNode[place] = SERVER;
    this.lastAt[place] = Number.NEGATIVE_INFINITY;
    this.width[place] = 1;
    this.transfer[place] = NO_TRANSFER;
    return place;
  }

  #grow(place: number): void {
    this.lastNode = grown(this.lastNode, place);
    this.lastAt = grown(this.lastAt, place);
    this.width = grown(this.width, place);
    this.transfer = grown(this.transfer, place);
    this.#numbers = grown(this.#numbers, place);
    this.#askedAt = grown(this.#askedAt, place);
    this.#older = grown(this.#older, place);
    this.#newer = grown(this.#newer, place);
  }

  #link(place: number): void {
    this.#older[place] = this.#newest;
    this.#newer[place] = NO_PLACE;
    if (this.#newest === NO_PLACE) this.#oldest = place;
    else this.#newer[this.#newest] = place;
    this.#newest = place;
  }

  #unlink(place: number): void {
    const [older, newer] = [this.#older[place], this.#newer[place]];
    if (older === NO_PLACE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NO_PLACE) this.#newest = older;
    else this.#older[newer] = older;
  }

  save() {
    const used = this.#used;
    return {
      lastNode: this.lastNode.slice(0, used),
      lastAt: this.lastAt.slice(0, used),
      width: this.width.slice(0, used),
      transfer: this.transfer.slice(0, used),
      numbers: this.#numbers.slice(0, used),
      askedAt: this.#askedAt.slice(0, used),
      order: this.#inOrder(),
      free: Int32Array.from(this.#free),
    };
  }

  /** The places, whoever asked last coming last. */
  #inOrder(): Int32Array {
    const order = new Int32Array(this.count);
    let place = this.#oldest;
    for (let at = 0; at < order.length; at++, place = this.#newer[place]) order[at] = place;
    return order;
  }

  load(saved: ReturnType<Customers["save"]>): void {
    this.#used = saved.numbers.length;
    if (this.#used > 0) this.#grow(this.#used - 1);
    this.lastNode.set(saved.lastNode);
    this.lastAt.set(saved.lastAt);
    this.width.set(saved.width);
    this.transfer.set(saved.transfer);
    this.#numbers.set(saved.numbers);
    this.#askedAt.set(saved.askedAt);
    refill(this.#free, saved.free);
    for (const place of saved.order) {
      this.#places.set(this.#numbers[place], place);
      this.#link(place);
    }
  }
}
