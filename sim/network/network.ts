import { assert } from "../engine/assert.ts";
import type { Engine, Kind } from "../engine/engine.ts";
import { NO_TICKET, type Ticket } from "../engine/event-queue.ts";
import { CoupledShares } from "./coupled/coupled-shares.ts";
import { FlowTable, flowOf } from "./coupled/flow-table.ts";
import { QueueLevels } from "./coupled/queue-levels.ts";
import { FlowFacts } from "./flow-facts.ts";
import { FlowRegister } from "./flow-register.ts";
import { assertStartable, type FlowId, type FlowSpec, isCoupled } from "./flow-spec.ts";
import { type LinkId, type LinkSpec, LinkTable, NONE } from "./link-table.ts";
import { FairShares } from "./max-min/fair-shares.ts";
import type { Sharing } from "./sharing.ts";

export type { FlowSpec } from "./flow-spec.ts";
export { type FlowId, MAX_HOPS } from "./flow-spec.ts";
export type { LinkId, LinkSpec } from "./link-table.ts";

/** Called when a flow of its purpose has moved its last byte. `owner` is whom it was started for. */
export type OnFinish = (owner: number, flow: FlowId) => void;

/**
 * Transfers over links, at every instant at weighted max-min fair rates.
 *
 * Links and flows are indices into typed arrays. What a flow starts or ends with others changes by
 * `FairShares`, at a cost that does not grow with the flows on a link. The first flow that is coupled
 * with others beyond the links of its data, or link with a queue, has `CoupledShares` go on from
 * there. One timer waits for the next flow to finish.
 */
export class Network {
  readonly #engine: Engine;
  readonly #finishKind: Kind;
  readonly #onFinish: OnFinish[] = [];
  readonly #ownedBy: string[] = [];
  readonly #links = new LinkTable();
  readonly #facts = new FlowFacts();
  /** What couplings need to know of each flow; empty without. */
  readonly #flows = new FlowTable(this.#links);
  readonly #levels = new QueueLevels(this.#links, this.#flows);
  #register: FlowRegister | null = null;
  #sharing: Sharing;
  #fair: FairShares | null;
  #active = 0;

  // The engine waits for the first end.
  #timer: Ticket = NO_TICKET;
  #timerTime = Number.POSITIVE_INFINITY;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#finishKind = engine.kind("network.finish", () => this.#finishDue());
    this.#fair = new FairShares(engine, this.#links, this.#facts, () => this.#couple());
    this.#sharing = this.#fair;
  }

  /** Flows under way. */
  get active(): number {
    return this.#active;
  }

  get linkCount(): number {
    return this.#links.count;
  }

  /** `capacity` in bytes per second, more than 0; may be `Infinity`. */
  addLink(capacity: number, spec: LinkSpec = {}): LinkId {
    if (spec.queue !== undefined && spec.queue > 0) this.#couple();
    const link = this.#links.add(capacity, spec);
    this.#sharing.addLink(link);
    return link;
  }

  /**
   * Registers what is to happen when a flow of this purpose ends; returns the purpose's number.
   * `ownedBy` says in a word what its owners are.
   */
  purpose(onFinish: OnFinish, ownedBy = "owner"): number {
    this.#ownedBy.push(ownedBy);
    return this.#onFinish.push(onFinish) - 1;
  }

  capacity(link: LinkId): number {
    return this.#links.capacity[link];
  }

  /** Seconds that the link's queue holds a byte back when it is full. */
  queueDelay(link: LinkId): number {
    return this.#links.queueDelay[link];
  }

  /** Bytes the link has carried so far; ACKs and background traffic are not counted. */
  carried(link: LinkId): number {
    return this.#sharing.carried(link);
  }

  /** Bytes per second the link carries now; ACKs and background traffic are not counted. */
  linkRate(link: LinkId): number {
    return this.#sharing.linkRate(link);
  }

  /** Bytes per second that traffic which is not simulated takes of the link now. */
  background(link: LinkId): number {
    return this.#links.background[link];
  }

  /** Flows that send data over the link now. */
  flowsOn(link: LinkId): number {
    return this.#links.flows[link];
  }

  /** Bytes per second of ACKs that cross the link now. */
  ackRate(link: LinkId): number {
    return this.#links.ackRate[link];
  }

  /** Seconds that the queues of these links hold back now a byte that takes them all. */
  queueing(path: readonly LinkId[]): number {
    let delay = 0;
    for (const link of path) delay += this.#queueingAt(link);
    return delay;
  }

  /** The same where a queue holds what the windows of its flows have put there by now. */
  windowQueueing(path: readonly LinkId[]): number {
    return this.#levels.seconds(path, this.#engine.now);
  }

  /** Bytes of a burst that the queues of these links have no room for; see `QueueLevels`. */
  overflow(path: readonly LinkId[], burst: number, phase: number): number {
    return this.#levels.overflow(path, burst, phase, this.#engine.now);
  }

  /** Share of the segments that the full queues of these links drop; see `QueueLevels`. */
  lossShare(path: readonly LinkId[], roundTrip: number): number {
    return this.#levels.lossShare(path, roundTrip);
  }

  rate(flow: FlowId): number {
    return this.#sharing.rate(flow);
  }

  /** Keeps from now on what flows are started with, for those who watch. Call it before the first. */
  register(): FlowRegister {
    assert(this.#active === 0, "flows are under way already");
    this.#register ??= new FlowRegister();
    return this.#register;
  }

  /** Bytes the flow has still to move. */
  remaining(flow: FlowId): number {
    return this.#sharing.remaining(flow);
  }

  start(spec: FlowSpec): FlowId {
    assertStartable(spec);
    const flow = this.#facts.take(spec.bytes, spec.owner, spec.purpose);
    this.#active++;
    this.#register?.enter(flow, spec);
    if (isCoupled(spec)) this.#couple();
    this.#sharing.start(flow, spec);
    this.#setTimer();
    return flow;
  }

  /** Ends a flow early. Returns the bytes it had still to move. */
  abort(flow: FlowId): number {
    const left = this.remaining(flow);
    this.#leave(flow, left);
    return left;
  }

  setWeight(flow: FlowId, weight: number): void {
    assert(weight > 0, `invalid weight: ${weight}`);
    this.#register?.change(flow, { weight });
    this.#sharing.setWeight(flow, weight);
    this.#setTimer();
  }

  /** Limits the flow to `cap` bytes per second from now on. */
  setCap(flow: FlowId, cap: number): void {
    assert(cap > 0, `invalid cap: ${cap}`);
    this.#register?.change(flow, { cap });
    this.#sharing.setCap(flow, cap);
    this.#setTimer();
  }

  /** From now on traffic that is not simulated takes `rate` bytes per second of the link. */
  setBackground(link: LinkId, rate: number): void {
    assert(rate >= 0, `invalid background: ${rate} bytes/s`);
    this.#links.background[link] = rate;
    this.#sharing.changeRoom(link);
    this.#setTimer();
  }

  /** The link carries at most `capacity` bytes per second from now on; both it and the one before are finite. */
  setCapacity(link: LinkId, capacity: number): void {
    assert(capacity > 0 && Number.isFinite(capacity), `invalid capacity: ${capacity} bytes/s`);
    assert(Number.isFinite(this.#links.capacity[link]), "a link without a limit keeps none");
    this.#links.setCapacity(link, capacity);
    this.#sharing.changeRoom(link);
    this.#setTimer();
  }

  /** Counts bytes that cross these links at once, as a burst does. */
  pass(path: readonly LinkId[], bytes: number): void {
    for (const link of path) this.#links.carried[link] += bytes;
  }

  /** A queue holds no more than what the flows through it have left to move. */
  #queueingAt(link: LinkId): number {
    const { standing, queueDelay, capacity, firstHop } = this.#links;
    const standingDelay = standing[link] * queueDelay[link];
    if (standingDelay === 0) return 0;
    const most = standingDelay * capacity[link];
    let backlog = 0;
    for (let hop = firstHop[link]; hop !== NONE && backlog < most; hop = this.#flows.hopNext[hop]) {
      backlog += this.remaining(flowOf(hop));
    }
    return Math.min(most, backlog) / capacity[link];
  }

  #finishDue(): void {
    this.#timer = NO_TICKET;
    this.#timerTime = Number.POSITIVE_INFINITY;
    const flow = this.#sharing.takeEnd();
    const owner = this.#facts.owner(flow);
    const purpose = this.#facts.purpose(flow);
    this.#engine.note(this.#ownedBy[purpose], owner);
    this.#leave(flow, 0);
    this.#onFinish[purpose](owner, flow);
  }

  /** Takes a flow off its links and lets the others have its rate. */
  #leave(flow: FlowId, left: number): void {
    this.#active--;
    this.#register?.leave(flow);
    this.#sharing.leave(flow, left);
    this.#facts.release(flow);
    this.#setTimer();
  }

  /** From now on every coupling is solved for. */
  #couple(): void {
    const fair = this.#fair;
    if (fair === null) return;
    this.#fair = null;
    const coupled = new CoupledShares(this.#engine, this.#links, this.#flows);
    this.#sharing = coupled;
    coupled.takeOver(fair.handOver());
  }

  #setTimer(): void {
    const next = this.#sharing.nextEnd;
    if (next === this.#timerTime) return;
    this.#timerTime = next;
    if (next === Number.POSITIVE_INFINITY) {
      this.#engine.cancel(this.#timer);
      this.#timer = NO_TICKET;
      return;
    }
    const time = Math.max(next, this.#engine.now);
    if (this.#timer === NO_TICKET) this.#timer = this.#engine.at(time, this.#finishKind, 0);
    else this.#engine.move(this.#timer, time);
  }
}
