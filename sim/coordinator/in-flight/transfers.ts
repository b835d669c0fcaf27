import { grown, refill } from "../columns.ts";
import { NO_TRANSFER } from "../customers.ts";

/** A transfer is in flight, or presumed to be over, or known to be. */
export const OPEN = 0;
export const PASSED = 1;
export const OVER = 2;

/**
 * What the server has redirected and its customers have not yet moved on from, in columns by place.
 * The transfers of a customer stand in a list, the latest first.
 */
export class Transfers {
  customer = new Int32Array(64);
  file = new Uint32Array(64);
  volunteer = new Int32Array(64);
  state = new Uint8Array(64);
  /** How often it was taken up again after it had been presumed to be over. */
  resumed = new Uint8Array(64);
  /** Bytes. */
  size = new Float64Array(64);
  /** Host time, in seconds. */
  startedAt = new Float64Array(64);
  /** Transfers that shared the volunteer's uplink when it began, itself included. */
  sharers = new Float64Array(64);
  /** The customer's transfer before it, or `NO_TRANSFER`. */
  next = new Int32Array(64);
  readonly #free: number[] = [];
  #used = 0;

  /** Transfers that are remembered. */
  get count(): number {
    return this.#used - this.#free.length;
  }

  /** Puts a transfer before those of its customer that `next` leads to; returns its place. */
  add(customer: number, file: number, volunteer: number, size: number, next: number): number {
    const place = this.#free.pop() ?? this.#used++;
    if (place === this.state.length) this.#grow(place);
    this.customer[place] = customer;
    this.file[place] = file;
    this.volunteer[place] = volunteer;
    this.size[place] = size;
    this.next[place] = next;
    this.state[place] = OPEN;
    this.resumed[place] = 0;
    return place;
  }

  /** Forgets a transfer that no list leads to. */
  remove(place: number): void {
    this.next[place] = NO_TRANSFER;
    this.#free.push(place);
  }

  #grow(place: number): void {
    this.customer = grown(this.customer, place);
    this.file = grown(this.file, place);
    this.volunteer = grown(this.volunteer, place);
    this.state = grown(this.state, place);
    this.resumed = grown(this.resumed, place);
    this.size = grown(this.size, place);
    this.startedAt = grown(this.startedAt, place);
    this.sharers = grown(this.sharers, place);
    this.next = grown(this.next, place);
  }

  save() {
    const used = this.#used;
    return {
      customer: this.customer.slice(0, used),
      file: this.file.slice(0, used),
      volunteer: this.volunteer.slice(0, used),
      state: this.state.slice(0, used),
      resumed: this.resumed.slice(0, used),
      size: this.size.slice(0, used),
      startedAt: this.startedAt.slice(0, used),
      sharers: this.sharers.slice(0, used),
      next: this.next.slice(0, used),
      free: Int32Array.from(this.#free),
    };
  }

  load(saved: ReturnType<Transfers["save"]>): void {
    this.#used = saved.state.length;
    if (this.#used > 0) this.#grow(this.#used - 1);
    this.customer.set(saved.customer);
    this.file.set(saved.file);
    this.volunteer.set(saved.volunteer);
    this.state.set(saved.state);
    this.resumed.set(saved.resumed);
    this.size.set(saved.size);
    this.startedAt.set(saved.startedAt);
    this.sharers.set(saved.sharers);
    this.next.set(saved.next);
    refill(this.#free, saved.free);
  }
}
