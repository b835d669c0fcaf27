import { NO_TICKET } from "../../engine/event-queue.ts";
import { grown } from "../../engine/grown.ts";
import { type FlowId, type FlowSpec, MAX_HOPS } from "../flow-spec.ts";
import { type LinkId, type LinkTable, NONE } from "../link-table.ts";

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

  constructor(links: LinkTable) {
    this.#links = links;
  }

  /** A flow with so many bytes left begins now, and is on the lists of its links. */
  begin(flow: FlowId, spec: FlowSpec, left: number, now: number): void {
    while (flow >= this.rate.length) this.#grow();
    this.remaining[flow] = left;
    this.since[flow] = now;
    this.rate[flow] = 0;
    this.weight[flow] = spec.weight;
    this.cap[flow] = spec.cap;
    this.roundTrip[flow] = spec.roundTrip ?? 0;
    this.bytes[flow] = spec.bytes;
    this.started[flow] = now;
    this.atOnce[flow] = spec.atOnce === true ? 1 : 0;
    this.ackShare[flow] = spec.acks?.share ?? 0;
    this.priority[flow] = spec.priority ?? 0;
    this.#link(flow, spec.path, spec.acks?.path ?? []);
  }

  #link(flow: FlowId, path: readonly LinkId[], ackPath: readonly LinkId[]): void {
    const { firstHop, firstAck, flows, offered } = this.#links;
    this.hops[flow] = path.length;
    this.acks[flow] = ackPath.length;
    const data = flow * PLACES;
    for (let i = 0; i < path.length; i++) {
      const link = path[i];
      this.#enter(data + i, link, firstHop);
      flows[link]++;
      offered[link] += this.bytes[flow];
    }
    for (let i = 0; i < ackPath.length; i++) this.#enter(data + MAX_HOPS + i, ackPath[i], firstAck);
  }

  /** The flow is over, and off the lists of its links. */
  end(flow: FlowId): void {
    const { firstHop, firstAck, flows, offered } = this.#links;
    const data = flow * PLACES;
    for (let hop = data, end = data + this.hops[flow]; hop < end; hop++) {
      const link = this.hopLink[hop];
      this.#exit(hop, firstHop);
      flows[link]--;
      offered[link] -= this.bytes[flow];
    }
    const acks = data + MAX_HOPS;
    for (let hop = acks, end = acks + this.acks[flow]; hop < end; hop++) this.#exit(hop, firstAck);
  }

  /** Puts a hop before the head of its list. */
  #enter(hop: number, link: LinkId, heads: number[]): void {
    const head = heads[link];
    this.hopLink[hop] = link;
    this.hopNext[hop] = head;
    this.hopBefore[hop] = NONE;
    if (head !== NONE) this.hopBefore[head] = hop;
    heads[link] = hop;
  }

  #exit(hop: number, heads: number[]): void {
    const next = this.hopNext[hop];
    const before = this.hopBefore[hop];
    if (next !== NONE) this.hopBefore[next] = before;
    if (before === NONE) heads[this.hopLink[hop]] = next;
    else this.hopNext[before] = next;
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
