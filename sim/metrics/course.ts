import type { World } from "../model/simulation.ts";
import type { Workload } from "../workload/workload.ts";
import { TimeColumns } from "./time-columns.ts";

/** How a run went over time. Plain data. */
export interface CourseRecord {
  /** Requests asked and not yet ended, at the start of each bin of the window. */
  readonly backlog: Float64Array;
  /** How busy the volunteers were over time. */
  readonly busy: {
    /** Width of a column in seconds, a whole number of bins. */
    readonly width: number;
    /**
     * Share of its uplink that each volunteer sent over, for customers and for others: all columns
     * of the first volunteer, then of the next.
     */
    readonly share: Float64Array;
  };
}

/** Cells of a heat map that every run's results have room for. */
const MOST_CELLS = 8192;

export type BacklogMetric = "backlog.most" | "backlog.back";

/** Of the most requests that were open: with less of them a queue is back to what it was. */
const LEFT = 0.1;

/** Watches how a run goes over time, at the start of each bin. */
export class Course {
  readonly #world: World;
  readonly #workload: Workload;
  readonly #bin: number;
  readonly #bins: number;
  readonly #backlog: Float64Array;
  readonly #share: Float64Array;
  readonly #columns: TimeColumns;
  #samples = 0;
  #asked = 0;
  #carried: readonly number[] = [];

  /** `bin` in seconds; it is sampled at 0 and then once a bin. */
  constructor(world: World, workload: Workload, bin: number) {
    this.#world = world;
    this.#workload = workload;
    this.#bin = bin;
    this.#bins = Math.floor(workload.window / bin);
    const { count } = world.volunteers;
    this.#columns = new TimeColumns(workload.window, bin, MOST_CELLS / Math.max(1, count));
    this.#backlog = new Float64Array(this.#bins);
    this.#share = new Float64Array(count * this.#columns.count);
  }

  /** Takes note of the state at `now` seconds, when `ended` requests have ended. */
  sampled(now: number, ended: number): void {
    const sample = this.#samples++;
    if (sample > this.#bins) return; // What goes on after the window is not shown.
    if (sample < this.#bins) this.#backlog[sample] = this.#askedBy(now) - ended;
    if (sample % this.#columns.bins === 0 || sample === this.#bins) this.#endColumn(sample);
  }

  record(): CourseRecord {
    return { backlog: this.#backlog, busy: { width: this.#columns.width, share: this.#share } };
  }

  /** Of what is open at the starts of the bins from `from` seconds on; null where nobody ever asks. */
  metrics(from: number): Record<BacklogMetric, number | null> {
    const begin = Math.ceil(from / this.#bin);
    const measured = this.#backlog.subarray(begin);
    const most = measured.reduce((highest, open) => Math.max(highest, open), 0);
    if (this.#workload.trace.requests === 0) return { "backlog.most": null, "backlog.back": null };
    if (most === 0) return { "backlog.most": 0, "backlog.back": null };
    const peak = measured.indexOf(most);
    const back = measured.findIndex((open, at) => at > peak && open < most * LEFT);
    const end = back < 0 ? this.#workload.window : (begin + back) * this.#bin;
    return { "backlog.most": most, "backlog.back": end - from };
  }

  #askedBy(now: number): number {
    const { time } = this.#workload.trace;
    while (this.#asked < time.length && time[this.#asked] <= now) this.#asked++;
    return this.#asked;
  }

  /** Fills the column that ends with this sample, the last of which may be shorter. */
  #endColumn(sample: number): void {
    const { network, topology } = this.#world;
    const carried = topology.volunteers.map(({ uplink }) => network.carried(uplink));
    const { bins, count } = this.#columns;
    const column = Math.ceil(sample / bins) - 1;
    const seconds = (sample - column * bins) * this.#bin;
    if (column >= 0) {
      for (const [v, { uplink }] of topology.volunteers.entries()) {
        const sent = carried[v] - this.#carried[v];
        this.#share[v * count + column] = sent / seconds / network.capacity(uplink);
      }
    }
    this.#carried = carried;
  }
}
