import type { RequestEnd } from "../model/events.ts";
import type { RequestTrace } from "../workload/workload.ts";
import type { OpenTable } from "./open-table.ts";

/** A row for each visit, written when the last of its requests has ended. */
export class VisitRows {
  readonly #table: OpenTable<"visits">;
  readonly #trace: RequestTrace;
  readonly #siteOf: readonly (string | null)[];
  /** By visit: its first request, how many it has and how many have not ended. */
  readonly #first: Uint32Array;
  readonly #requests: Uint32Array;
  readonly #open: Uint32Array;
  readonly #failed: Uint32Array;
  readonly #wanted: Float64Array;
  readonly #got: Float64Array;

  constructor(table: OpenTable<"visits">, trace: RequestTrace, siteOf: readonly (string | null)[]) {
    const { requests, visits, visit, bytes } = trace;
    this.#table = table;
    this.#trace = trace;
    this.#siteOf = siteOf;
    this.#first = new Uint32Array(visits);
    this.#requests = new Uint32Array(visits);
    this.#failed = new Uint32Array(visits);
    this.#wanted = new Float64Array(visits);
    this.#got = new Float64Array(visits);
    for (let request = requests - 1; request >= 0; request--) {
      const number = visit[request];
      this.#first[number] = request;
      this.#requests[number]++;
      this.#wanted[number] += bytes[request];
    }
    this.#open = this.#requests.slice();
  }

  ended(request: number, now: number, end: RequestEnd): void {
    const { visit, bytes } = this.#trace;
    const number = visit[request];
    if (end === "failed") this.#failed[number]++;
    else this.#got[number] += bytes[request];
    if (--this.#open[number] === 0) this.#add(number, now);
  }

  #add(visit: number, now: number): void {
    const { columns } = this.#table;
    const { customer, time } = this.#trace;
    const first = this.#first[visit];
    const row = this.#table.next();
    columns.visit[row] = visit;
    columns.customer[row] = customer[first];
    columns.site.set(row, this.#siteOf[customer[first]]);
    columns.arrival_s[row] = time[first];
    columns.end_s[row] = now;
    columns.requests[row] = this.#requests[visit];
    columns.failed[row] = this.#failed[visit];
    columns.wanted_bytes[row] = this.#wanted[visit];
    columns.got_bytes[row] = this.#got[visit];
  }
}
