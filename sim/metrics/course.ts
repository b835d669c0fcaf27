import type { World } from "../model/simulation.ts";
import type { Workload } from "../workload/workload.ts";

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

/** Columns that a heat map can show apart, and cells that every run's results have room for. */
const MOST_COLUMNS = 96;
const MOST_CELLS = 8192;

/** Watches how a run goes over time, at the start of each bin. */
export class Course {
  readonly #world: World;
  readonly #workload: Workload;
  readonly #bin: number;
  readonly #bins: number;
  /** Bins in a column. */
  readonly #every: number;
  readonly #backlog: Float64Array;
  readonly #share: Float64Array;
  readonly #columns: number;
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
    const room = Math.floor(MOST_CELLS / Math.max(1, count));
    const most = Math.min(MOST_COLUMNS, Math.max(1, room));
    this.#every = Math.max(1, Math.ceil(this.#bins / most));
    this.#columns = Math.ceil(this.#bins / this.#every);
    this.#backlog = new Float64Array(this.#bins);
    this.#share = new Float64Array(count * this.#columns);
  }

  /** Takes note of the state at `now` seconds, when `ended` requests have ended. */
  sampled(now: number, ended: number): void {
    const sample = this.#samples++;
    if (sample > this.#bins) return; // What goes on after the window is not shown.
    if (sample < this.#bins) this.#backlog[sample] = this.#askedBy(now) - ended;
    if (sample % this.#every === 0 || sample === this.#bins) this.#endColumn(sample);
  }

  record(): CourseRecord {
    const width = this.#every * this.#bin;
    return { backlog: this.#backlog, busy: { width, share: this.#share } };
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
    const column = Math.ceil(sample / this.#every) - 1;
    const seconds = (sample - column * this.#every) * this.#bin;
    if (column >= 0) {
      for (const [v, { uplink }] of topology.volunteers.entries()) {
        const sent = carried[v] - this.#carried[v];
        this.#share[v * this.#columns + column] = sent / seconds / network.capacity(uplink);
      }
    }
    this.#carried = carried;
  }
}
