import type { Engine } from "../../engine/engine.ts";
import { EventQueue, NO_TICKET } from "../../engine/event-queue.ts";
import type { FlowId, FlowSpec } from "../flow-spec.ts";
import type { LinkId, LinkTable } from "../link-table.ts";
import type { FlowUnderWay, Sharing } from "../sharing.ts";
import type { FlowTable } from "./flow-table.ts";
import { Solver } from "./solver.ts";

/**
 * Flows that also share by round trips and priorities, and whose ACKs take room: any change has the
 * rates solved again of all flows that it is connected with through links.
 */
export class CoupledShares implements Sharing {
  readonly #engine: Engine;
  readonly #links: LinkTable;
  readonly #flows: FlowTable;
  readonly #solver: Solver;
  /** When each flow that moves ends. */
  readonly #ends = new EventQueue();

  constructor(engine: Engine, links: LinkTable, flows: FlowTable) {
    this.#engine = engine;
    this.#links = links;
    this.#flows = flows;
    this.#solver = new Solver(links, flows);
  }

  get nextEnd(): number {
    return this.#ends.nextTime;
  }

  addLink(): void {}

  /** Goes on with flows that are under way. */
  takeOver(flows: readonly FlowUnderWay[]): void {
    this.#solver.begin();
    for (const { flow, spec, left } of flows) this.#flows.begin(flow, spec, left, this.#engine.now);
    for (const { flow } of flows) this.#solver.touchFlow(flow);
    this.#solve();
  }

  start(flow: FlowId, spec: FlowSpec): void {
    this.#flows.begin(flow, spec, spec.bytes, this.#engine.now);
    this.#solveAround(flow);
  }

  leave(flow: FlowId): void {
    const flows = this.#flows;
    this.#ends.cancel(flows.finish[flow]);
    flows.finish[flow] = NO_TICKET;
    this.#solver.begin();
    this.#solver.touchLinksOf(flow);
    flows.end(flow);
    this.#solve();
  }

  takeEnd(): FlowId {
    this.#ends.pop();
    const flow = this.#ends.subject;
    this.#flows.finish[flow] = NO_TICKET;
    return flow;
  }

  setWeight(flow: FlowId, weight: number): void {
    this.#flows.weight[flow] = weight;
    this.#solveAround(flow);
  }

  setCap(flow: FlowId, cap: number): void {
    this.#flows.cap[flow] = cap;
    this.#solveAround(flow);
  }

  changeRoom(link: LinkId): void {
    this.#solver.begin();
    this.#solver.touchLink(link);
    this.#solve();
  }

  rate(flow: FlowId): number {
    return this.#flows.rate[flow];
  }

  remaining(flow: FlowId): number {
    const { rate, since, remaining } = this.#flows;
    return Math.max(0, remaining[flow] - rate[flow] * (this.#engine.now - since[flow]));
  }

  carried(link: LinkId): number {
    const { carried, dataRate, since } = this.#links;
    return carried[link] + dataRate[link] * (this.#engine.now - since[link]);
  }

  linkRate(link: LinkId): number {
    return this.#links.dataRate[link];
  }

  #solveAround(flow: FlowId): void {
    this.#solver.begin();
    this.#solver.touchFlow(flow);
    this.#solve();
  }

  #solve(): void {
    const { links, closed } = this.#solver;
    const now = this.#engine.now;
    this.#solver.reach();
    for (let i = 0; i < links.length; i++) this.#links.settle(links[i], now);
    this.#solver.solve();
    const { nextRate } = this.#flows;
    for (let i = 0; i < closed.length; i++) this.#setRate(closed[i], nextRate[closed[i]]);
  }

  #setRate(flow: FlowId, rate: number): void {
    const flows = this.#flows;
    if (rate === flows.rate[flow]) return;
    const now = this.#engine.now;
    const left = this.remaining(flow);
    flows.remaining[flow] = left;
    flows.since[flow] = now;
    flows.rate[flow] = rate;
    const pending = flows.finish[flow];
    if (rate === 0) {
      this.#ends.cancel(pending);
      flows.finish[flow] = NO_TICKET;
    } else if (pending === NO_TICKET) {
      flows.finish[flow] = this.#ends.push(now + left / rate, 0, flow);
    } else this.#ends.move(pending, now + left / rate);
  }
}
