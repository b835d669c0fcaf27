import type { RequestEnd } from "../../model/events.ts";
import type { World } from "../../model/simulation.ts";
import type { RequestTrace } from "../../workload/workload.ts";
import type { Collector } from "./collector.ts";

export type TimeMetric = "time.turn" | "time.server" | "time.opening" | "time.transfer";

/** Where the time of requests went: the four parts add up to the mean time from the arrival to the end. */
export class TimeSpent implements Collector<TimeMetric> {
  readonly #engine: World["engine"];
  readonly #trace: RequestTrace;
  /** By request that has not ended: when it turned to its last source, and when that began to send. */
  readonly #fetching = new Map<number, number>();
  readonly #serving = new Map<number, number>();
  #requests = 0;
  #turn = 0;
  #server = 0;
  #opening = 0;
  #transfer = 0;

  constructor({ engine }: World, trace: RequestTrace) {
    this.#engine = engine;
    this.#trace = trace;
  }

  fetching(request: number): void {
    this.#fetching.set(request, this.#engine.now);
    this.#serving.delete(request);
  }

  serving(request: number): void {
    this.#serving.set(request, this.#engine.now);
  }

  ended(request: number, asked: number, _end: RequestEnd): void {
    const { now } = this.#engine;
    const fetching = this.#fetching.get(request) ?? now;
    const serving = this.#serving.get(request) ?? now;
    this.#fetching.delete(request);
    this.#serving.delete(request);
    this.#requests++;
    this.#turn += asked - this.#trace.time[request];
    this.#server += fetching - asked;
    this.#opening += serving - fetching;
    this.#transfer += now - serving;
  }

  metrics() {
    const mean = (seconds: number) => (this.#requests === 0 ? null : seconds / this.#requests);
    return {
      "time.turn": mean(this.#turn),
      "time.server": mean(this.#server),
      "time.opening": mean(this.#opening),
      "time.transfer": mean(this.#transfer),
    };
  }
}
