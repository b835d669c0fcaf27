import type { DispatchView } from "../../policies/index.ts";
import type { TimeColumns } from "../time-columns.ts";
import type { Collector } from "./collector.ts";

export type BeliefMetric = "belief.transfers" | "belief.busyAsIdle" | "belief.idleAsBusy";

/** What was believed beside what was true over time: sums over decisions. Plain data. */
export interface BeliefCourse {
  /** Width of a column in seconds. */
  readonly width: number;
  /** By column: candidates with the file at its decisions. */
  readonly candidates: Float64Array;
  /** Transfers in flight from those: as the server believed, and in truth. */
  readonly believed: Float64Array;
  readonly actual: Float64Array;
}

/**
 * How far the server's beliefs of transfers in flight are from the truth, at the moments that count:
 * at every decision, for every candidate that has the file. A transfer is in flight from the redirect
 * until the customer has the file or has come back; a volunteer is busy while one is.
 */
export class BeliefErrors implements Collector<BeliefMetric> {
  /** By volunteer: transfers in flight. */
  readonly #inFlight: Int32Array;
  /** By request in flight: the volunteer. */
  readonly #nodes = new Map<number, number>();
  readonly #columns: TimeColumns;
  readonly #course: BeliefCourse;
  #believed = 0;
  #true = 0;
  #busy = 0;
  #idle = 0;
  #busyAsIdle = 0;
  #idleAsBusy = 0;

  constructor(volunteers: number, columns: TimeColumns) {
    const { width, count } = columns;
    this.#inFlight = new Int32Array(volunteers);
    this.#columns = columns;
    this.#course = {
      width,
      candidates: new Float64Array(count),
      believed: new Float64Array(count),
      actual: new Float64Array(count),
    };
  }

  /** A customer has been sent to the node. */
  begins(request: number, node: number): void {
    if (node < 0 || node >= this.#inFlight.length) return;
    this.#nodes.set(request, node);
    this.#inFlight[node]++;
  }

  /** It has the file from there, has come back or has given up. */
  ends(request: number): void {
    const node = this.#nodes.get(request);
    if (node === undefined) return;
    this.#nodes.delete(request);
    this.#inFlight[node]--;
  }

  considered({ candidates, count, now }: DispatchView): void {
    const column = this.#columns.at(now);
    for (let i = 0; i < count; i++) {
      const { node, belief, transfers } = candidates[i];
      if (belief !== "verified" && belief !== "listed") continue;
      this.#believed += transfers;
      this.#true += this.#inFlight[node];
      if (column >= 0) this.#addTo(column, transfers, this.#inFlight[node]);
      if (this.#inFlight[node] > 0) {
        this.#busy++;
        if (transfers === 0) this.#busyAsIdle++;
      } else {
        this.#idle++;
        if (transfers > 0) this.#idleAsBusy++;
      }
    }
  }

  /** The course over the window. */
  course(): BeliefCourse {
    return this.#course;
  }

  metrics() {
    return {
      "belief.transfers": this.#true === 0 ? null : this.#believed / this.#true,
      "belief.busyAsIdle": this.#busy === 0 ? null : this.#busyAsIdle / this.#busy,
      "belief.idleAsBusy": this.#idle === 0 ? null : this.#idleAsBusy / this.#idle,
    };
  }

  #addTo(column: number, believed: number, actual: number): void {
    this.#course.candidates[column]++;
    this.#course.believed[column] += believed;
    this.#course.actual[column] += actual;
  }
}
