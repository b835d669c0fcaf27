import type { AttemptEnd } from "../../model/events.ts";
import type { World } from "../../model/simulation.ts";
import { jainIndex, maxOverMean } from "../fairness.ts";
import type { Collector } from "./collector.ts";

export type LoadMetric = "volunteers.jain" | "volunteers.maxOverMean";

/** What deliveries took of the volunteers' uplinks while these could have served. */
export class Load implements Collector<LoadMetric> {
  readonly #world: World;
  /** Bytes that each has delivered, and seconds for which it was able to. */
  readonly #delivered: Float64Array;
  readonly #able: Float64Array;
  /** Since when each has been able to serve; NaN while it is not. */
  readonly #since: Float64Array;
  /** Up to when the uplink of each last became another: those seconds, and bytes it could have sent. */
  readonly #ableBefore: Float64Array;
  readonly #roomBefore: Float64Array;

  constructor(world: World) {
    const { count } = world.volunteers;
    this.#world = world;
    this.#delivered = new Float64Array(count);
    this.#able = new Float64Array(count);
    this.#since = new Float64Array(count).fill(Number.NaN);
    this.#ableBefore = new Float64Array(count);
    this.#roomBefore = new Float64Array(count);
    world.topology.whenChanging((volunteer) => {
      const seconds = this.#able[volunteer] + this.#sinceThen(volunteer);
      this.#roomBefore[volunteer] = this.#room(volunteer, seconds);
      this.#ableBefore[volunteer] = seconds;
    });
  }

  measuring(): void {
    const { engine, volunteers } = this.#world;
    for (const volunteer of this.#since.keys()) {
      if (volunteers.isAble(volunteer)) this.#since[volunteer] = engine.now;
    }
    volunteers.whenAble((volunteer, isAble) => {
      if (!isAble) this.#count(volunteer);
      this.#since[volunteer] = isAble ? engine.now : Number.NaN;
    });
  }

  attempted(_request: number, node: number, _end: AttemptEnd, sent: number): void {
    if (node >= 0 && node < this.#delivered.length) this.#delivered[node] += sent;
  }

  metrics() {
    const loads = this.loads();
    const able = this.able();
    return {
      "volunteers.jain": jainIndex(loads, able),
      "volunteers.maxOverMean": maxOverMean(loads, able),
    };
  }

  /** Seconds for which each volunteer has been able to serve: on line, with a file as it is now. */
  able(): Float64Array {
    return this.#able.map((seconds, volunteer) => seconds + this.#sinceThen(volunteer));
  }

  /** Share of its uplink that deliveries took of each volunteer in those seconds; 0 without any. */
  loads(): Float64Array {
    return this.able().map((seconds, volunteer) => {
      const room = this.#room(volunteer, seconds);
      return room === 0 ? 0 : this.#delivered[volunteer] / room;
    });
  }

  /** Bytes that its uplink could have carried in the seconds for which it was able to serve. */
  #room(volunteer: number, seconds: number): number {
    const { topology, network } = this.#world;
    const capacity = network.capacity(topology.volunteers[volunteer].uplink);
    return this.#roomBefore[volunteer] + (seconds - this.#ableBefore[volunteer]) * capacity;
  }

  #count(volunteer: number): void {
    this.#able[volunteer] += this.#sinceThen(volunteer);
  }

  #sinceThen(volunteer: number): number {
    const since = this.#since[volunteer];
    return Number.isNaN(since) ? 0 : this.#world.engine.now - since;
  }
}
