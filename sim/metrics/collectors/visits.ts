import type { RequestEnd } from "../../model/events.ts";
import type { World } from "../../model/simulation.ts";
import type { RequestTrace } from "../../workload/workload.ts";
import { CensoredTimes } from "../censored.ts";
import type { Collector } from "./collector.ts";

export type VisitMetric =
  | "visit.total"
  | "visit.mean"
  | "visit.p50"
  | "visit.p95"
  | "visit.p99"
  | "visit.worst"
  | "visit.incomplete";

/**
 * What a user waits for: from the arrival of a visit to the end of its last file. Visits that arrived
 * before the measured time are left out as a whole, with what they ask for later.
 */
export class Visits implements Collector<VisitMetric> {
  readonly #engine: World["engine"];
  readonly #trace: RequestTrace;
  readonly #horizon: number;
  /** By visit: seconds of its arrival, and requests that have not ended. */
  readonly #arrival: Float64Array;
  readonly #open: Uint32Array;
  readonly #isFailed: Uint8Array;
  readonly #times: CensoredTimes;
  readonly #from: number;
  #incomplete = 0;

  constructor(
    { engine }: World,
    trace: RequestTrace,
    { from, horizon }: { readonly from: number; readonly horizon: number },
  ) {
    const { requests, time, visit, visits } = trace;
    this.#engine = engine;
    this.#trace = trace;
    this.#horizon = horizon;
    this.#from = from;
    this.#arrival = new Float64Array(visits).fill(Number.POSITIVE_INFINITY);
    this.#open = new Uint32Array(visits);
    this.#isFailed = new Uint8Array(visits);
    this.#times = new CensoredTimes(horizon, visits);
    for (let request = 0; request < requests; request++) {
      const number = visit[request];
      this.#arrival[number] = Math.min(this.#arrival[number], time[request]);
      this.#open[number]++;
    }
  }

  ended(request: number, _asked: number, end: RequestEnd): void {
    const visit = this.#trace.visit[request];
    if (end === "failed") this.#isFailed[visit] = 1;
    if (--this.#open[visit] > 0 || this.#arrival[visit] < this.#from) return;
    const seconds = this.#engine.now - this.#arrival[visit];
    const isFailed = this.#isFailed[visit] === 1;
    this.#times.add(seconds, isFailed);
    if (isFailed || seconds > this.#horizon) this.#incomplete++;
  }

  metrics() {
    const { count } = this.#times;
    return {
      "visit.total": count,
      "visit.mean": this.#times.mean(),
      "visit.p50": this.#times.quantile(0.5),
      "visit.p95": this.#times.quantile(0.95),
      "visit.p99": this.#times.quantile(0.99),
      "visit.worst": this.#times.worst(),
      "visit.incomplete": count === 0 ? null : this.#incomplete / count,
    };
  }

  /** Seconds within which each of the shares of visits was complete; empty without visits. */
  quantiles(shares: readonly number[]): Float64Array {
    return this.#times.quantiles(shares);
  }
}
