import { assert } from "../../engine/assert.ts";
import type { FlowId } from "../../network/network.ts";
import { SERVER } from "../../policies/index.ts";
import type { Catalogue } from "../../workload/workload.ts";
import type { ExactSwarms } from "./exact-swarms.ts";
import { bytesOfLast, filesOf, type Part, type Plan } from "./plan.ts";
import type { Planner } from "./planner.ts";
import { Fetch } from "./pull.ts";
import type { Pulls } from "./pulls.ts";
import type { SyncStreams } from "./streams.ts";

/**
 * Carries out plans: for each volunteer at most one at a time, which brings its next file, or several
 * in one go.
 */
export class Fetches {
  readonly #catalogue: Catalogue;
  readonly #pulls: Pulls;
  readonly #planner: Planner;
  readonly #streams: SyncStreams;
  readonly #swarms: ExactSwarms;
  readonly #purpose: number;
  readonly #left = (flow: FlowId) => this.#streams.left(flow);
  #onDone: (volunteer: number) => void = () => {};

  constructor(
    catalogue: Catalogue,
    pulls: Pulls,
    planner: Planner,
    streams: SyncStreams,
    swarms: ExactSwarms,
  ) {
    this.#catalogue = catalogue;
    this.#pulls = pulls;
    this.#planner = planner;
    this.#streams = streams;
    this.#swarms = swarms;
    this.#purpose = streams.purpose((volunteer, flow) => this.#moved(volunteer, flow), "volunteer");
    swarms.whenFetched((volunteer) => this.finish(volunteer));
  }

  /** What is to be done when a volunteer's fetch has brought all that it was to bring. */
  whenDone(act: (volunteer: number) => void): void {
    this.#onDone = act;
  }

  /** The volunteer's next files are put in order; who it has to wait for before it fetches, or null. */
  arrange(volunteer: number): number | null {
    return this.#planner.arrange(volunteer, this.#pulls.of(volunteer));
  }

  start(volunteer: number): void {
    const pull = this.#pulls.of(volunteer);
    const plan = this.#planner.next(volunteer, pull);
    if (plan.behind !== null) this.#pulls.mayWait = true;
    pull.fetch = new Fetch(plan);
    this.#continue(volunteer, pull.fetch);
  }

  /** What the volunteer fetches is there. */
  finish(volunteer: number): void {
    const pull = this.#pulls.of(volunteer);
    const files = pull.fetch === null ? 1 : filesOf(pull.fetch.plan);
    for (let file = 0; file < files; file++) this.#pulls.complete(volunteer);
    pull.fetch?.plan.over?.();
    pull.fetch = null;
    this.#onDone(volunteer);
  }

  /** Share of what the volunteer fetches that has come; 1 if it fetches nothing. */
  progress(volunteer: number): number {
    return this.#pulls.of(volunteer).fetch?.progress(this.#left) ?? 1;
  }

  /** How far the one has come for whom the fetch waits: no more of the file is to be had. */
  ahead({ behind }: Plan): number {
    return behind === null ? 1 : this.progress(behind);
  }

  /** Ends a fetch early. Of what has come, no more than `available` of the file can be complete. */
  breakOff(volunteer: number, fetch: Fetch, available: number): void {
    const pull = this.#pulls.of(volunteer);
    for (const [flow, part] of [...fetch.flows]) this.#abort(fetch, flow, part);
    const moved = Math.min(fetch.moved(this.#left), available * bytesOfLast(fetch.plan));
    const whole = fetch.plan.batch?.whole(moved) ?? 0;
    for (let file = 0; file < whole; file++) this.#pulls.complete(volunteer);
    pull.kept += fetch.plan.kept(moved);
    fetch.plan.over?.();
    pull.fetch = null;
  }

  /** Starts the next stage of the fetch; after the last, the file is there or waits for another. */
  #continue(volunteer: number, fetch: Fetch): void {
    const parts = fetch.nextStage();
    if (parts !== null) {
      for (const part of parts) this.#send(volunteer, fetch, part);
      return;
    }
    const { behind, joinsSwarm, chunk } = fetch.plan;
    if (joinsSwarm) {
      const { wanted, next } = this.#pulls.of(volunteer);
      const file = wanted[next];
      this.#swarms.join(volunteer, file, this.#catalogue.size[file], chunk);
      return;
    }
    const isAhead = behind !== null && this.#isFetching(behind, volunteer);
    if (!isAhead) this.finish(volunteer);
  }

  /** Whether one volunteer still fetches what the other does. */
  #isFetching(volunteer: number, other: number): boolean {
    const [a, b] = [this.#pulls.fetching(volunteer), this.#pulls.fetching(other)];
    return a !== null && b !== null && this.#planner.isSame(a, b);
  }

  #send(volunteer: number, fetch: Fetch, part: Part): void {
    fetch.flows.set(this.#streams.start(part, this.#purpose, volunteer), part);
  }

  #moved(volunteer: number, flow: FlowId): void {
    const { fetch } = this.#pulls.of(volunteer);
    const part = fetch?.flows.get(flow);
    assert(fetch !== null && part !== undefined, `volunteer ${volunteer} awaits no such stream`);
    fetch.flows.delete(flow);
    fetch.ended(part.bytes);
    this.#streams.ended(part);
    if (fetch.flows.size === 0) this.#continue(volunteer, fetch);
    else if (part.from !== SERVER && fetch.plan.batch === undefined) {
      this.#relieve(volunteer, fetch, part.from);
    }
  }

  /** A volunteer that has sent its part takes over half of what the slowest other has left. */
  #relieve(volunteer: number, fetch: Fetch, helper: number): void {
    const slowest = fetch.slowest(helper, this.#left);
    if (slowest === null) return;
    const { flow, part } = slowest;
    const moved = this.#abort(fetch, flow, part);
    for (const from of [part.from, helper]) {
      this.#send(volunteer, fetch, { from, to: volunteer, bytes: (part.bytes - moved) / 2 });
    }
  }

  /** Ends a stream of the fetch early; returns the bytes that it has moved. */
  #abort(fetch: Fetch, flow: FlowId, part: Part): number {
    const moved = this.#streams.abort(flow, part);
    fetch.flows.delete(flow);
    fetch.ended(moved);
    return moved;
  }
}
