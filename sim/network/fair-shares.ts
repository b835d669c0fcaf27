import type { Engine } from "../engine/engine.ts";
import { EventQueue, NO_TICKET } from "../engine/event-queue.ts";
import { CROSSINGS, flowAt } from "./bundle-table.ts";
import { FairLevels } from "./fair-levels.ts";
import { type FlowId, type FlowTable, PLACES } from "./flow-table.ts";
import { type LimitId, limitOfCap, limitOfLink } from "./limit-table.ts";
import { type LinkId, type LinkTable, NONE } from "./link-table.ts";
import type { Sharing } from "./sharing.ts";

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
  readonly #flows: FlowTable;
  readonly #levels = new FairLevels();
  readonly #limits = this.#levels.limits;
  readonly #bundles = this.#levels.bundles;
  /** When the first flow of each limit ends. */
  readonly #ends = new EventQueue();
  /** Called when the rates are not found: the plain solver is to go on. */
  readonly #giveUp: () => void;
  readonly #maxSteps: number;
  #started = 0;

  constructor(
    engine: Engine,
    links: LinkTable,
    flows: FlowTable,
    giveUp: () => void,
    maxSteps = MAX_STEPS,
  ) {
    this.#engine = engine;
    this.#links = links;
    this.#flows = flows;
    this.#giveUp = giveUp;
    this.#maxSteps = maxSteps;
  }

  get nextEnd(): number {
    return this.#ends.nextTime;
  }

  addLink(link: LinkId): void {
    this.#limits.ensure(limitOfLink(link));
    this.changeBackground(link);
  }

  start(flow: FlowId): void {
    const levels = this.#levels;
    levels.ensureFlow(flow);
    levels.order[flow] = this.#started++;
    levels.weight[flow] = this.#flows.weight[flow];
    const { hopLink, hops } = this.#flows;
    const first = flow * CROSSINGS;
    const crossings = hops[flow];
    for (let place = 0; place < crossings; place++) {
      this.#bundles.setLimit(first + place, limitOfLink(hopLink[flow * PLACES + place]));
    }
    levels.crossings[flow] = crossings;
    this.#crossCap(flow);
    levels.now = this.#engine.now;
    levels.add(flow, this.#flows.remaining[flow]);
    this.#settle();
  }

  leave(flow: FlowId, left: number): void {
    const { carried } = this.#links;
    const { hopLink, hops, bytes } = this.#flows;
    const moved = bytes[flow] - left;
    const first = flow * PLACES;
    for (let hop = first, end = first + hops[flow]; hop < end; hop++)
      carried[hopLink[hop]] += moved;
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
    limits.served[limit] = this.#levels.ends.key[flow];
    limits.since[limit] = this.#engine.now;
    return flow;
  }

  setWeight(flow: FlowId, weight: number): void {
    const levels = this.#levels;
    const left = this.remaining(flow);
    levels.remove(flow);
    levels.weight[flow] = weight;
    levels.add(flow, left);
    this.#settle();
  }

  setCap(flow: FlowId): void {
    const levels = this.#levels;
    const left = this.remaining(flow);
    levels.remove(flow);
    levels.crossings[flow] = this.#flows.hops[flow];
    this.#crossCap(flow);
    levels.add(flow, left);
    this.#settle();
  }

  changeBackground(link: LinkId): void {
    const { capacity, background } = this.#links;
    const left = Math.max(0, capacity[link] - background[link]);
    this.#levels.now = this.#engine.now;
    this.#levels.uses.setCapacity(limitOfLink(link), left);
    this.#settle();
  }

  rate(flow: FlowId): number {
    const { level } = this.#limits;
    return level[this.#levels.holder[flow]] * this.#levels.weight[flow];
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
      for (let hop = this.#bundles.first[at]; hop !== NONE; hop = this.#bundles.nextMember(hop)) {
        carried += this.#moved(flowAt(hop));
      }
    }
    return carried;
  }

  linkRate(link: LinkId): number {
    return this.#levels.uses.use(limitOfLink(link));
  }

  /** The flows under way, with what they have still to move and what links have carried up to date. */
  handOver(): FlowId[] {
    const { holder } = this.#levels;
    const { carried, since } = this.#links;
    const flows: FlowId[] = [];
    for (let link = 0; link < this.#links.count; link++) {
      carried[link] = this.carried(link);
      since[link] = this.#engine.now;
    }
    for (let flow = 0; flow < Math.min(holder.length, this.#flows.count); flow++) {
      if (holder[flow] === NONE) continue;
      this.#flows.remaining[flow] = this.remaining(flow);
      flows.push(flow);
    }
    return flows;
  }

  #moved(flow: FlowId): number {
    return this.#flows.bytes[flow] - this.remaining(flow);
  }

  /** A cap is one more limit on the way. */
  #crossCap(flow: FlowId): void {
    const cap = this.#flows.cap[flow];
    if (cap === Number.POSITIVE_INFINITY) return;
    const limit = limitOfCap(flow);
    this.#limits.ensure(limit);
    this.#levels.uses.setCapacity(limit, cap);
    this.#bundles.setLimit(flow * CROSSINGS + this.#levels.crossings[flow]++, limit);
  }

  #settle(): void {
    if (!this.#levels.settle(this.#maxSteps)) {
      this.#giveUp();
      return;
    }
    const { touched } = this.#levels.uses;
    for (let i = 0; i < touched.length; i++) {
      this.#limits.touched[touched[i]] = 0;
      this.#setTimer(touched[i]);
    }
    touched.length = 0;
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
    const left = this.#levels.ends.key[first] - served[limit];
    return since[limit] + Math.max(0, left) / level[limit];
  }
}
