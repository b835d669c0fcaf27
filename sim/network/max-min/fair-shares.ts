import type { Engine } from "../../engine/engine.ts";
import { EventQueue, NO_TICKET } from "../../engine/event-queue.ts";
import type { FlowFacts } from "../flow-facts.ts";
import type { FlowId, FlowSpec } from "../flow-spec.ts";
import { type LinkId, type LinkTable, NONE } from "../link-table.ts";
import type { FlowUnderWay, Sharing } from "../sharing.ts";
import { firstCrossing, flowAt } from "./crossing-table.ts";
import { FairLevels } from "./fair-levels.ts";
import { type LimitId, limitOfCap, limitOfLink, linkOf } from "./limit-table.ts";

/** Limits looked at after one change at which the search for the new rates is given up. */
const MAX_STEPS = 10_000;

/**
 * Flows that nothing couples but the links of their data, at rates that `FairLevels` finds.
 *
 * A limit serves its flows in the order of their ends, so one time for each limit tells which of its
 * flows ends next, and nothing is done to a flow between its start and its end unless another limit
 * comes to hold it.
 */
export class FairShares implements Sharing {
  readonly #engine: Engine;
  readonly #links: LinkTable;
  readonly #facts: FlowFacts;
  readonly #levels = new FairLevels();
  readonly #limits = this.#levels.limits;
  readonly #bundles = this.#levels.bundles;
  readonly #crossings = this.#levels.crossings;
  /** When the first flow of each limit ends. */
  readonly #ends = new EventQueue();
  /** Called when the rates are not found: the plain solver is to go on. */
  readonly #giveUp: () => void;
  readonly #maxSteps: number;
  #started = 0;

  constructor(
    engine: Engine,
    links: LinkTable,
    facts: FlowFacts,
    giveUp: () => void,
    maxSteps = MAX_STEPS,
  ) {
    this.#engine = engine;
    this.#links = links;
    this.#facts = facts;
    this.#giveUp = giveUp;
    this.#maxSteps = maxSteps;
  }

  get nextEnd(): number {
    return this.#ends.nextTime;
  }

  addLink(link: LinkId): void {
    const limit = limitOfLink(link);
    this.#limits.ensure(limit);
    this.#levels.uses.setCapacity(limit, this.#links.capacity[link]);
  }

  start(flow: FlowId, { path, weight, cap, bytes }: FlowSpec): void {
    const { flows } = this.#links;
    this.#levels.ends.setOrder(flow, this.#started++);
    this.#crossings.begin(flow, weight);
    for (let i = 0; i < path.length; i++) {
      flows[path[i]]++;
      this.#crossings.cross(flow, limitOfLink(path[i]));
    }
    this.#crossCap(flow, cap);
    this.#levels.now = this.#engine.now;
    this.#levels.add(flow, bytes);
    this.#settle();
  }

  leave(flow: FlowId, left: number): void {
    const { carried, flows } = this.#links;
    const moved = this.#facts.bytes(flow) - left;
    const end = this.#crossings.endCrossing(flow);
    for (let at = firstCrossing(flow); at < end; at++) {
      const link = linkOf(this.#crossings.limit(at));
      if (link === NONE) continue;
      carried[link] += moved;
      flows[link]--;
    }
    this.#levels.now = this.#engine.now;
    this.#levels.remove(flow);
    this.#settle();
  }

  takeEnd(): FlowId {
    const limits = this.#limits;
    this.#ends.pop();
    const limit = this.#ends.subject;
    limits.timer[limit] = NO_TICKET;
    limits.due[limit] = Number.POSITIVE_INFINITY;
    const flow = limits.ends[limit];
    // The clock of the limit is what the time of its next end comes from: no rounding stays.
    limits.served[limit] = this.#levels.ends.key(flow);
    limits.since[limit] = this.#engine.now;
    return flow;
  }

  setWeight(flow: FlowId, weight: number): void {
    this.#restart(flow, { ...this.#specOf(flow), weight });
  }

  setCap(flow: FlowId, cap: number): void {
    this.#restart(flow, { ...this.#specOf(flow), cap });
  }

  changeRoom(link: LinkId): void {
    const { capacity, background } = this.#links;
    const left = Math.max(0, capacity[link] - background[link]);
    this.#levels.now = this.#engine.now;
    this.#levels.uses.setCapacity(limitOfLink(link), left);
    this.#settle();
  }

  rate(flow: FlowId): number {
    const { level } = this.#limits;
    return level[this.#crossings.holder(flow)] * this.#crossings.weight(flow);
  }

  remaining(flow: FlowId): number {
    this.#levels.now = this.#engine.now;
    return this.#levels.left(flow);
  }

  carried(link: LinkId): number {
    const limit = limitOfLink(link);
    const { ends, firstIn } = this.#limits;
    let carried = this.#links.carried[link];
    for (let flow = ends[limit]; flow !== NONE; flow = this.#levels.ends.after(flow)) {
      carried += this.#moved(flow);
    }
    for (let at = firstIn[limit]; at !== NONE; at = this.#bundles.nextIn(at)) {
      for (let hop = this.#bundles.first(at); hop !== NONE; hop = this.#crossings.next(hop)) {
        carried += this.#moved(flowAt(hop));
      }
    }
    return carried;
  }

  linkRate(link: LinkId): number {
    return this.#levels.uses.use(limitOfLink(link));
  }

  /** All flows under way; their links forget them, but for what they have carried. */
  handOver(): FlowUnderWay[] {
    const { carried, since, flows } = this.#links;
    for (let link = 0; link < this.#links.count; link++) {
      carried[link] = this.carried(link);
      since[link] = this.#engine.now;
      flows[link] = 0;
    }
    const under: FlowUnderWay[] = [];
    for (let flow = 0; flow < this.#facts.count; flow++) {
      if (!this.#crossings.isHeld(flow)) continue;
      under.push({ flow, spec: this.#specOf(flow), left: this.remaining(flow) });
    }
    return under;
  }

  /** The flow goes on as a new one would, at its place in the order. */
  #restart(flow: FlowId, { weight, cap }: FlowSpec): void {
    const left = this.remaining(flow);
    this.#levels.remove(flow);
    this.#crossings.setWeight(flow, weight);
    this.#crossings.uncross(flow, limitOfCap(flow));
    this.#crossCap(flow, cap);
    this.#levels.add(flow, left);
    this.#settle();
  }

  #specOf(flow: FlowId): FlowSpec {
    const path: LinkId[] = [];
    let cap = Number.POSITIVE_INFINITY;
    const end = this.#crossings.endCrossing(flow);
    for (let at = firstCrossing(flow); at < end; at++) {
      const limit = this.#crossings.limit(at);
      const link = linkOf(limit);
      if (link === NONE) cap = this.#limits.capacity[limit];
      else path.push(link);
    }
    return {
      path,
      cap,
      weight: this.#crossings.weight(flow),
      bytes: this.#facts.bytes(flow),
      purpose: this.#facts.purpose(flow),
      owner: this.#facts.owner(flow),
    };
  }

  #moved(flow: FlowId): number {
    return this.#facts.bytes(flow) - this.remaining(flow);
  }

  /** A cap is one more limit on the way. */
  #crossCap(flow: FlowId, cap: number): void {
    if (cap === Number.POSITIVE_INFINITY) return;
    const limit = limitOfCap(flow);
    this.#limits.ensure(limit);
    this.#levels.uses.setCapacity(limit, cap);
    this.#crossings.cross(flow, limit);
  }

  #settle(): void {
    if (!this.#levels.settle(this.#maxSteps)) {
      this.#giveUp();
      return;
    }
    const { uses } = this.#levels;
    for (let limit = uses.takeTouched(); limit !== NONE; limit = uses.takeTouched()) {
      this.#setTimer(limit);
    }
  }

  #setTimer(limit: LimitId): void {
    const limits = this.#limits;
    const time = this.#nextEndOf(limit);
    if (time === limits.due[limit]) return;
    limits.due[limit] = time;
    const timer = limits.timer[limit];
    if (time === Number.POSITIVE_INFINITY) {
      this.#ends.cancel(timer);
      limits.timer[limit] = NO_TICKET;
    } else if (timer === NO_TICKET) limits.timer[limit] = this.#ends.push(time, 0, limit);
    else this.#ends.move(timer, time);
  }

  #nextEndOf(limit: LimitId): number {
    const { ends, level, served, since } = this.#limits;
    const first = ends[limit];
    if (first === NONE || level[limit] === 0) return Number.POSITIVE_INFINITY;
    const left = this.#levels.ends.key(first) - served[limit];
    return since[limit] + Math.max(0, left) / level[limit];
  }
}
