import type { AttemptEnd, Observer, RequestEnd } from "../model/events.ts";
import type { World } from "../model/simulation.ts";
import type { Workload } from "../workload/workload.ts";
import { Crowds, type Moment, pausing, waiting } from "./hold.ts";
import { type Attempt, type Life, Timeline } from "./timeline.ts";

/** A download under way: where from, and its number with `Http`. */
export interface Download {
  readonly node: number;
  readonly transfer: number;
}

/** A watched request that has not ended. */
interface Open {
  readonly asked: number;
  readonly timeline: Timeline;
  readonly attempts: Attempt[];
  /** What it waits for while no transfer is under way. */
  waits: Moment;
  since: number;
  flow: number | null;
}

/**
 * Writes down the lives of some requests, of a single one with every step of its rate. It looks at
 * them after every event: between two events no rate changes, so that nothing is missed. Where none of
 * them is open, it costs nothing.
 */
export class Watcher implements Observer {
  readonly lives = new Map<number, Life>();
  /** All downloads under way, watched or not, by request. */
  readonly downloads = new Map<number, Download>();
  readonly #world: World;
  readonly #workload: Workload;
  readonly #watched: ReadonlySet<number>;
  readonly #onLast: () => void;
  readonly #crowds: Crowds;
  readonly #open = new Map<number, Open>();
  readonly #look = () => this.#lookAtAll();
  #decided: number | null = null;

  /** `onLast` is called when all of the watched requests have ended. */
  constructor(
    world: World,
    workload: Workload,
    watched: ReadonlySet<number>,
    onLast: () => void = () => {},
  ) {
    this.#world = world;
    this.#workload = workload;
    this.#watched = watched;
    this.#onLast = onLast;
    this.#crowds = new Crowds(world);
  }

  /** The request that the policy decides on, or has decided on last. */
  get decided(): number | null {
    return this.#decided;
  }

  begun(request: number): void {
    if (!this.#watched.has(request)) return;
    const { now } = this.#world.engine;
    const waits = waiting("none");
    const timeline = new Timeline(now, waits, this.#watched.size === 1);
    this.#open.set(request, { asked: now, timeline, attempts: [], waits, since: now, flow: null });
    this.#world.engine.watch(this.#look);
  }

  unanswered(request: number): void {
    this.#wait(request, waiting("down"));
  }

  deciding(request: number): void {
    this.#decided = request;
  }

  dispatched(request: number): void {
    this.#wait(request, waiting("put-off")); // Unless it fetches at once.
  }

  fetching(request: number, node: number, transfer: number): void {
    this.downloads.set(request, { node, transfer });
    const open = this.#open.get(request);
    if (open !== undefined) open.since = this.#world.engine.now;
  }

  attempted(request: number, node: number, end: AttemptEnd, sent: number): void {
    const wasUnderWay = this.downloads.delete(request);
    const open = this.#open.get(request);
    if (open === undefined) return;
    open.flow = null;
    const to = this.#world.engine.now;
    if (wasUnderWay) open.attempts.push({ node, from: open.since, to, end, sent });
    this.#wait(request, waiting("timeout"));
  }

  ended(request: number, asked: number, end: RequestEnd): void {
    const open = this.#open.get(request);
    if (open === undefined) return;
    const { now, fired } = this.#world.engine;
    open.timeline.close(now);
    this.#open.delete(request);
    this.lives.set(request, {
      request,
      arrived: this.#workload.trace.time[request],
      asked,
      ended: now,
      accepted: end !== "failed",
      events: fired,
      attempts: open.attempts,
      phases: open.timeline.phases,
      steps: open.timeline.steps,
    });
    if (this.#open.size === 0) this.#world.engine.watch(null);
    if (this.lives.size === this.#watched.size) this.#onLast();
  }

  #wait(request: number, moment: Moment): void {
    const open = this.#open.get(request);
    if (open !== undefined) open.waits = moment;
  }

  #lookAtAll(): void {
    for (const [request, open] of this.#open) this.#lookAt(request, open);
  }

  #lookAt(request: number, open: Open): void {
    const { engine, http, network } = this.#world;
    const { timeline, attempts } = open;
    const transfer = this.downloads.get(request)?.transfer;
    const state = transfer === undefined ? null : http.stateOf(transfer);
    const flow = state?.flow ?? null;
    const isSame = flow !== null && flow === open.flow;
    if (isSame && network.rate(flow) === timeline.moment.rate) return;
    open.flow = flow;
    const moment =
      state === null
        ? open.waits
        : flow === null
          ? pausing(state.hasBegun, state.isDue)
          : this.#crowds.moment(flow);
    timeline.change(engine.now, attempts.length, moment);
  }
}
