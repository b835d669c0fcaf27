import type { RequestEnd } from "../../model/events.ts";
import type { World } from "../../model/simulation.ts";
import type { RequestTrace } from "../../workload/workload.ts";
import { CensoredTimes } from "../censored.ts";
import type { Collector } from "./collector.ts";

export type DelayMetric =
  | "delay.mean"
  | "delay.p50"
  | "delay.p95"
  | "delay.p99"
  | "delay.arrival.mean"
  | "delay.arrival.p50"
  | "delay.arrival.p95"
  | "delay.arrival.p99"
  | "slowdown.mean"
  | "goodput.share"
  | "goodput.rate"
  | "requests.total"
  | "requests.failed"
  | "requests.wrongAccepted";

/** How long single requests take, and how many bytes of files arrive whole. */
export class Delays implements Collector<DelayMetric> {
  readonly #engine: World["engine"];
  readonly #trace: RequestTrace;
  readonly #from: number;
  readonly #horizon: number;
  readonly #idleDelayOf: (request: number) => number;
  readonly #delays: CensoredTimes;
  readonly #sinceArrival: CensoredTimes;
  #slowdowns = 0;
  #failed = 0;
  #wrongAccepted = 0;
  #bytesAsked = 0;
  #bytesGot = 0;

  /** `idleDelayOf`: seconds that a request would take from the server if nothing else moved. */
  constructor(
    { engine }: World,
    trace: RequestTrace,
    { from, horizon }: { readonly from: number; readonly horizon: number },
    idleDelayOf: (request: number) => number,
  ) {
    this.#engine = engine;
    this.#trace = trace;
    this.#from = from;
    this.#horizon = horizon;
    this.#idleDelayOf = idleDelayOf;
    this.#delays = new CensoredTimes(horizon, trace.requests);
    this.#sinceArrival = new CensoredTimes(horizon, trace.requests);
  }

  ended(request: number, asked: number, end: RequestEnd): void {
    const isFailed = end === "failed";
    const delay = this.#engine.now - asked;
    this.#delays.add(delay, isFailed);
    this.#sinceArrival.add(this.#engine.now - this.#trace.time[request], isFailed);
    const counted = isFailed ? this.#horizon : Math.min(delay, this.#horizon);
    this.#slowdowns += counted / this.#idleDelayOf(request);
    this.#bytesAsked += this.#trace.bytes[request];
    if (isFailed) this.#failed++;
    else if (delay <= this.#horizon) this.#bytesGot += this.#trace.bytes[request];
    if (end === "deceived") this.#wrongAccepted++;
  }

  metrics() {
    const { count } = this.#delays;
    const seconds = this.#engine.now - this.#from;
    return {
      "delay.mean": this.#delays.mean(),
      "delay.p50": this.#delays.quantile(0.5),
      "delay.p95": this.#delays.quantile(0.95),
      "delay.p99": this.#delays.quantile(0.99),
      "delay.arrival.mean": this.#sinceArrival.mean(),
      "delay.arrival.p50": this.#sinceArrival.quantile(0.5),
      "delay.arrival.p95": this.#sinceArrival.quantile(0.95),
      "delay.arrival.p99": this.#sinceArrival.quantile(0.99),
      "slowdown.mean": count === 0 ? null : this.#slowdowns / count,
      "goodput.share": this.#bytesAsked === 0 ? null : this.#bytesGot / this.#bytesAsked,
      "goodput.rate": seconds === 0 ? null : this.#bytesGot / seconds,
      "requests.total": count,
      "requests.failed": this.#failed,
      "requests.wrongAccepted": this.#wrongAccepted,
    };
  }

  /** Seconds within which each of the shares of requests had ended; empty without requests. */
  quantiles(shares: readonly number[]): Float64Array {
    return this.#delays.quantiles(shares);
  }
}
