import { assert } from "../../engine/assert.ts";
import { type FlowId, MAX_HOPS } from "../flow-spec.ts";
import { type LinkId, type LinkTable, NONE } from "../link-table.ts";
import { type FlowTable, flowOf, PLACES } from "./flow-table.ts";

/** A link carrying all but this share of its capacity is full; rates repeat to within it. */
export const FULL = 1e-9;

/** Share of its length at which a queue that is still too long is taken to be empty. */
export const SHORTEST = 1 / 16;

/** Passes in which queues are moved; where queues depend on each other further, they stay as they are. */
export const QUEUE_PASSES = 32;

/** Passes after which the search for a steady state is given up as an error. */
export const MAX_PASSES = 200;

/**
 * Works out the rates of the flows that a change touches: weighted max-min fair, by progressive
 * filling over the flows connected with the change through links, and only those.
 *
 * Three couplings go beyond it, each absent unless a flow asks for it. ACKs take from the links
 * they cross what the data on them then lacks; they are never held back themselves. A flow with a
 * round-trip time has its weight divided by it, standing queues on its way out and back included. A
 * flow of lower priority gets what the higher ones leave. Where one pass changes what the next one
 * sees, passes repeat until nothing changes. The plain version, which this must agree with, is
 * `steadyRates`, and without couplings `maxMinRates`.
 */
export class Solver {
  /** The links of the last solution, and its flows in the order they got their rates. */
  readonly links: LinkId[] = [];
  readonly closed: FlowId[] = [];
  readonly #link: LinkTable;
  readonly #flow: FlowTable;
  readonly #reached: FlowId[] = [];
  readonly #open: FlowId[] = [];
  #mark = 0;
  #lowest = 0;
  #hasAcks = false;
  #hasRoundTrips = false;
  #hasQueues = false;
  readonly #shared: LinkId[] = []; // By open flows of the priority being filled.

  constructor(links: LinkTable, flows: FlowTable) {
    this.#link = links;
    this.#flow = flows;
  }

  /** Begins a new change. What it touches directly is then told by `touchFlow` and `touchLink`. */
  begin(): void {
    this.#mark++;
    this.links.length = 0;
    this.closed.length = 0;
    this.#reached.length = 0;
    this.#lowest = 0;
    this.#hasAcks = false;
    this.#hasRoundTrips = false;
    this.#hasQueues = false;
  }

  touchLink(link: LinkId): void {
    if (this.#link.mark[link] === this.#mark) return;
    this.#link.mark[link] = this.#mark;
    this.links.push(link);
    if (this.#link.queueDelay[link] > 0) this.#hasQueues = true;
  }

  touchFlow(flow: FlowId): void {
    if (this.#flow.mark[flow] === this.#mark) return;
    this.#flow.mark[flow] = this.#mark;
    this.#reached.push(flow);
    if (this.#flow.priority[flow] > this.#lowest) this.#lowest = this.#flow.priority[flow];
    if (this.#flow.ackShare[flow] > 0) this.#hasAcks = true;
    if (this.#flow.roundTrip[flow] > 0) this.#hasRoundTrips = true;
    else this.#flow.share[flow] = this.#flow.weight[flow];
    this.touchLinksOf(flow);
  }

  touchLinksOf(flow: FlowId): void {
    const data = flow * PLACES;
    for (let hop = data, end = data + this.#flow.hops[flow]; hop < end; hop++) {
      this.touchLink(this.#flow.hopLink[hop]);
    }
    const acks = data + MAX_HOPS;
    for (let hop = acks, end = acks + this.#flow.acks[flow]; hop < end; hop++) {
      this.touchLink(this.#flow.hopLink[hop]);
    }
  }

  /** Follows flows to links and links to flows until `links` holds all that the change can reach. */
  reach(): void {
    for (let i = 0; i < this.links.length; i++) {
      const link = this.links[i];
      this.#touchList(this.#link.firstHop[link]);
      this.#touchList(this.#link.firstAck[link]);
    }
  }

  /** Finds the new rates: `nextRate` of the flows in `closed`; those of `links` are in place. */
  solve(): void {
    for (const link of this.links) {
      this.#link.ackRate[link] = 0;
      this.#link.full[link] = 0;
      this.#link.standing[link] = 0;
      this.#link.peaked[link] = 0;
    }
    for (let pass = 0; ; pass++) {
      assert(pass < MAX_PASSES, `rates do not settle in ${MAX_PASSES} passes`);
      if (this.#hasRoundTrips) this.#weigh();
      this.#fill();
      if (this.#hasQueues) this.#markFull();
      const moved = this.#hasAcks && this.#moveAcks();
      const settling = this.#hasQueues && pass < QUEUE_PASSES && this.#adjustQueues();
      const changed = settling && this.#hasRoundTrips;
      if (!moved && !changed) return;
    }
  }

  #touchList(head: number): void {
    for (let hop = head; hop !== NONE; hop = this.#flow.hopNext[hop]) {
      this.touchFlow(flowOf(hop));
    }
  }

  #weigh(): void {
    const { weight, roundTrip, share } = this.#flow;
    for (const flow of this.#reached) {
      if (roundTrip[flow] === 0) continue;
      share[flow] = weight[flow] / (roundTrip[flow] + this.#queueingOf(flow));
    }
  }

  /** Seconds that full queues add to a round trip of the flow. */
  #queueingOf(flow: FlowId): number {
    const { hopLink, hops, acks } = this.#flow;
    const { standing, queueDelay, flows } = this.#link;
    const data = flow * PLACES;
    let delay = 0;
    for (let hop = data, end = data + hops[flow]; hop < end; hop++) {
      if (flows[hopLink[hop]] > 1) delay += standing[hopLink[hop]] * queueDelay[hopLink[hop]];
    }
    const back = data + MAX_HOPS;
    for (let hop = back, end = back + acks[flow]; hop < end; hop++) {
      delay += standing[hopLink[hop]] * queueDelay[hopLink[hop]];
    }
    return delay;
  }

  /** One filling: the flows of each priority share what the higher ones have left. */
  #fill(): void {
    const { capacity, background, ackRate, spare, dataRate } = this.#link;
    this.closed.length = 0;
    for (const link of this.links) {
      dataRate[link] = 0;
      spare[link] = Math.max(0, capacity[link] - background[link] - ackRate[link]);
    }
    for (let priority = 0; priority <= this.#lowest; priority++) this.#fillPriority(priority);
  }

  /**
   * In each round the tightest shared link gives the level; a flow whose cap lies below it is
   * closed at the cap, since levels never fall as flows close; when there is none, the tightest
   * link's flows are closed at the level.
   */
  #fillPriority(priority: number): void {
    const { capacity, spare, openWeight, openFlows } = this.#link;
    for (const link of this.links) {
      openWeight[link] = 0;
      openFlows[link] = 0;
      const dust = FULL * capacity[link]; // Rounding is nothing to share.
      if (spare[link] < Number.POSITIVE_INFINITY && spare[link] <= dust) spare[link] = 0;
    }
    const open = this.#open;
    open.length = 0;
    for (const flow of this.#reached) {
      if (this.#flow.priority[flow] !== priority) continue;
      open.push(flow);
      this.#openFlow(flow);
    }
    this.#shared.length = 0;
    for (const link of this.links) if (openFlows[link] > 0) this.#shared.push(link);
    while (open.length > 0) {
      const tightest = this.#tightestLink();
      const level =
        tightest === NONE
          ? Number.POSITIVE_INFINITY
          : Math.max(0, spare[tightest]) / openWeight[tightest];
      if (this.#closeCapped(level) > 0) continue;
      assert(tightest !== NONE, "a flow has neither a shared link nor a cap");
      this.#closeLink(tightest, level);
    }
  }

  /** A link that carries one flow is nothing but a cap on it. */
  #openFlow(flow: FlowId): void {
    const { hopLink, hops, acks, share, ackShare, cap } = this.#flow;
    const { flows, spare, capacity, openWeight, openFlows } = this.#link;
    const data = flow * PLACES;
    let limit = cap[flow];
    for (let hop = data, end = data + hops[flow]; hop < end; hop++) {
      const link = hopLink[hop];
      if (flows[link] === 1) limit = Math.min(limit, spare[link]);
      else {
        openWeight[link] += share[flow];
        openFlows[link]++;
      }
    }
    if (ackShare[flow] > 0) {
      const back = data + MAX_HOPS;
      for (let hop = back, end = back + acks[flow]; hop < end; hop++) {
        limit = Math.min(limit, capacity[hopLink[hop]] / ackShare[flow]);
      }
    }
    this.#flow.limit[flow] = limit;
  }

  #tightestLink(): LinkId {
    const { spare, openWeight, openFlows } = this.#link;
    let tightest = NONE;
    let least = Number.POSITIVE_INFINITY;
    for (const link of this.#shared) {
      if (openFlows[link] <= 0) continue;
      const level = spare[link] / openWeight[link];
      if (level < least) {
        least = level;
        tightest = link;
      }
    }
    return tightest;
  }

  /** Closes the open flows whose cap is not above the level; returns how many. */
  #closeCapped(level: number): number {
    const { limit, share } = this.#flow;
    const open = this.#open;
    let kept = 0;
    for (let i = 0; i < open.length; i++) {
      const flow = open[i];
      if (limit[flow] <= level * share[flow] && limit[flow] < Number.POSITIVE_INFINITY) {
        this.#close(flow, limit[flow]);
      } else open[kept++] = flow;
    }
    const closed = open.length - kept;
    open.length = kept;
    return closed;
  }

  #closeLink(link: LinkId, level: number): void {
    const open = this.#open;
    let kept = 0;
    for (let i = 0; i < open.length; i++) {
      const flow = open[i];
      if (this.#crosses(flow, link)) this.#close(flow, level * this.#flow.share[flow]);
      else open[kept++] = flow;
    }
    open.length = kept;
  }

  #crosses(flow: FlowId, link: LinkId): boolean {
    const { hopLink, hops } = this.#flow;
    const data = flow * PLACES;
    for (let hop = data, end = data + hops[flow]; hop < end; hop++) {
      if (hopLink[hop] === link) return true;
    }
    return false;
  }

  /** Gives a flow its rate and takes it from its links. */
  #close(flow: FlowId, rate: number): void {
    const { hopLink, hops, share, nextRate } = this.#flow;
    const { dataRate, spare, openWeight, openFlows } = this.#link;
    const data = flow * PLACES;
    for (let hop = data, end = data + hops[flow]; hop < end; hop++) {
      const link = hopLink[hop];
      dataRate[link] += rate;
      spare[link] -= rate;
      openWeight[link] -= share[flow];
      openFlows[link]--;
    }
    nextRate[flow] = rate;
    this.closed.push(flow);
  }

  #markFull(): void {
    const { capacity, background, dataRate, ackRate, full } = this.#link;
    for (const link of this.links) {
      const used = dataRate[link] + ackRate[link] + background[link];
      full[link] = used >= capacity[link] * (1 - FULL) ? 1 : 0;
    }
  }

  /**
   * Moves the queues towards the steady state; true if one changed. A full link's queue is first
   * taken to hold all that the flows can put there. Where the flows then no longer fill the link, it
   * was too long: it is halved, and in the end it is gone. A queue never grows again, so this ends.
   */
  #adjustQueues(): boolean {
    const { full, standing, peaked, queueDelay } = this.#link;
    let changed = false;
    for (const link of this.links) {
      if (queueDelay[link] === 0) continue;
      if (peaked[link] === 0) {
        if (full[link] === 0 || this.#isHeldElsewhere(link)) continue;
        peaked[link] = 1;
        standing[link] = this.#link.fillable(link);
        changed = true;
      } else if (full[link] === 0 && standing[link] > 0) {
        standing[link] = standing[link] > SHORTEST ? standing[link] / 2 : 0;
        changed = true;
      }
    }
    return changed;
  }

  /**
   * Whether the link carries one flow, which loses segments at another link that it shares: its
   * window then is too small to keep a queue of its own.
   */
  #isHeldElsewhere(link: LinkId): boolean {
    const { flows, full, firstHop } = this.#link;
    if (flows[link] !== 1) return false;
    const { hopLink, hops } = this.#flow;
    const only = flowOf(firstHop[link]);
    const data = only * PLACES;
    for (let hop = data, end = data + hops[only]; hop < end; hop++) {
      if (full[hopLink[hop]] === 1 && flows[hopLink[hop]] > 1) return true;
    }
    return false;
  }

  /** Adds up the ACKs of the flows' new rates. True if they differ from those just reckoned with. */
  #moveAcks(): boolean {
    const { hopLink, acks, ackShare, nextRate } = this.#flow;
    const { capacity, ackRate, nextAckRate } = this.#link;
    for (const link of this.links) nextAckRate[link] = 0;
    for (const flow of this.closed) {
      const back = flow * PLACES + MAX_HOPS;
      for (let hop = back, end = back + acks[flow]; hop < end; hop++) {
        nextAckRate[hopLink[hop]] += ackShare[flow] * nextRate[flow];
      }
    }
    let moved = false;
    for (const link of this.links) {
      const change = Math.abs(nextAckRate[link] - ackRate[link]);
      if (change > FULL * FULL * capacity[link] && change > FULL * nextAckRate[link]) moved = true;
      ackRate[link] = nextAckRate[link];
    }
    return moved;
  }
}
