import { NO_TICKET } from "../engine/event-queue.ts";
import { grown } from "./heaps.ts";
import { type LinkId, type LinkTable, NONE } from "./link-table.ts";

export type FlowId = number;

/** A path crosses at most this many links. */
export const MAX_HOPS = 8;

/**
 * Places of a flow in the lists of links: first those its data crosses, then those its ACKs cross.
 * A hop is `flow * PLACES + place`.
 */
export const PLACES = 2 * MAX_HOPS;

const FIRST_SIZE = 64;

/** The flow that a hop belongs to. */
export function flowOf(hop: number): FlowId {
  return (hop / PLACES) | 0;
}

/** The flows of a network, as columns by flow, and the lists that tell which flows a link carries. */
export class FlowTable {
  /** Bytes still to move at `since`, and bytes per second from then on. */
  remaining = new Float64Array(FIRST_SIZE);
  since = new Float64Array(FIRST_SIZE);
  rate = new Float64Array(FIRST_SIZE);
  /** Share against other flows, before round-trip times are taken into account. */
  weight = new Float64Array(FIRST_SIZE);
  cap = new Float64Array(FIRST_SIZE);
  /** Seconds of a round trip past empty queues; 0 for a flow whose share does not depend on it. */
  roundTrip = new Float64Array(FIRST_SIZE);
  /** Bytes to move at the start. */
  bytes = new Float64Array(FIRST_SIZE);
  /** When the flow started. */
  started = new Float64Array(FIRST_SIZE);
  /** 1 where all bytes of the flow are sent at once, and not as ACKs come back. */
  atOnce = new Uint8Array(FIRST_SIZE);
  /** Bytes of ACKs that go back for each byte of data. */
  ackShare = new Float64Array(FIRST_SIZE);
  priority = new Uint8Array(FIRST_SIZE);
  purpose = new Uint8Array(FIRST_SIZE);
  owner = new Float64Array(FIRST_SIZE);
  /** Ticket of the flow's end. */
  finish = new Float64Array(FIRST_SIZE).fill(NO_TICKET);
  /** Number of links that the data and the ACKs cross. */
  hops = new Uint8Array(FIRST_SIZE);
  acks = new Uint8Array(FIRST_SIZE);
  hopLink = new Int32Array(FIRST_SIZE * PLACES);
  hopNext = new Int32Array(FIRST_SIZE * PLACES);
  hopBefore = new Int32Array(FIRST_SIZE * PLACES);

  // Scratch of the solver.
  mark = new Int32Array(FIRST_SIZE);
  share = new Float64Array(FIRST_SIZE);
  limit = new Float64Array(FIRST_SIZE);
  nextRate = new Float64Array(FIRST_SIZE);

  readonly #links: LinkTable;
  readonly #free: FlowId[] = [];
  #count = 0;

  constructor(links: LinkTable) {
    this.#links = links;
  }

  /** A flow of so many bytes on these links; its other columns are the caller's to fill. */
  take(path: readonly LinkId[], ackPath: readonly LinkId[], bytes: number): FlowId {
    const links = this.#links;
    const flow = this.#takeNumber();
    this.hops[flow] = path.length;
    this.acks[flow] = ackPath.length;
    this.bytes[flow] = bytes;
    const data = flow * PLACES;
    for (let i = 0; i < path.length; i++) {
      this.hopLink[data + i] = path[i];
      links.flows[path[i]]++;
    }
    for (let i = 0; i < ackPath.length; i++) this.hopLink[data + MAX_HOPS + i] = ackPath[i];
    return flow;
  }

  /** A flow is over: its number may be used again, its columns stay until then. */
  release(flow: FlowId): void {
    const data = flow * PLACES;
    for (let hop = data, end = data + this.hops[flow]; hop < end; hop++) {
      this.#links.flows[this.hopLink[hop]]--;
    }
    this.#free.push(flow);
  }

  /** Puts the flow on the lists of its links. */
  link(flow: FlowId): void {
    const { firstHop, firstAck, offered } = this.#links;
    const data = flow * PLACES;
    for (let hop = data, end = data + this.hops[flow]; hop < end; hop++) {
      this.#enter(hop, firstHop);
      offered[this.hopLink[hop]] += this.bytes[flow];
    }
    const acks = data + MAX_HOPS;
    for (let hop = acks, end = acks + this.acks[flow]; hop < end; hop++) {
      this.#enter(hop, firstAck);
    }
  }

  unlink(flow: FlowId): void {
    const { firstHop, firstAck, offered } = this.#links;
    const data = flow * PLACES;
    for (let hop = data, end = data + this.hops[flow]; hop < end; hop++) {
      this.#exit(hop, firstHop);
      offered[this.hopLink[hop]] -= this.bytes[flow];
    }
    const acks = data + MAX_HOPS;
    for (let hop = acks, end = acks + this.acks[flow]; hop < end; hop++) {
      this.#exit(hop, firstAck);
    }
  }

  /** Puts a hop before the head of its list. */
  #enter(hop: number, heads: number[]): void {
    const head = heads[this.hopLink[hop]];
    this.hopNext[hop] = head;
    this.hopBefore[hop] = NONE;
    if (head !== NONE) this.hopBefore[head] = hop;
    heads[this.hopLink[hop]] = hop;
  }

  #exit(hop: number, heads: number[]): void {
    const next = this.hopNext[hop];
    const before = this.hopBefore[hop];
    if (next !== NONE) this.hopBefore[next] = before;
    if (before === NONE) heads[this.hopLink[hop]] = next;
    else this.hopNext[before] = next;
  }

  /** Numbers given so far: a flow's is below. */
  get count(): number {
    return this.#count;
  }

  #takeNumber(): FlowId {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#count === this.rate.length) this.#grow();
    return this.#count++;
  }

  #grow(): void {
    const flows = this.rate.length * 2;
    const doubles = (old: Float64Array) => grown(old, new Float64Array(flows));
    const bytes = (old: Uint8Array) => grown(old, new Uint8Array(flows));
    const hops = (old: Int32Array) => grown(old, new Int32Array(flows * PLACES));
    const before = this.finish.length;
    this.remaining = doubles(this.remaining);
    this.since = doubles(this.since);
    this.rate = doubles(this.rate);
    this.weight = doubles(this.weight);
    this.cap = doubles(this.cap);
    this.roundTrip = doubles(this.roundTrip);
    this.bytes = doubles(this.bytes);
    this.started = doubles(this.started);
    this.atOnce = bytes(this.atOnce);
    this.ackShare = doubles(this.ackShare);
    this.priority = bytes(this.priority);
    this.purpose = bytes(this.purpose);
    this.owner = doubles(this.owner);
    this.finish = doubles(this.finish).fill(NO_TICKET, before);
    this.hops = bytes(this.hops);
    this.acks = bytes(this.acks);
    this.hopLink = hops(this.hopLink);
    this.hopNext = hops(this.hopNext);
    this.hopBefore = hops(this.hopBefore);
    this.mark = grown(this.mark, new Int32Array(flows));
    this.share = doubles(this.share);
    this.limit = doubles(this.limit);
    this.nextRate = doubles(this.nextRate);
  }
}
