import type { Demand } from "./demand.ts";
import { LinearProgramme, type Row } from "./linear-programme.ts";
import type { Grid, Pool, PoolPart, Task } from "./pools.ts";
import type { Prices } from "./prices.ts";
import { readyBytes, SERVER_CLASS } from "./sources.ts";

/**
 * The linear programme whose row prices are the prices of bytes: pools move their bytes in bins, as many
 * streams as there are, at the least sum of their visits' times.
 *
 * Streams for a whole bin are the unit of columns, bins that of time. Nothing of it has to be exact: what
 * the prices prove is worked out from them alone.
 */
/** The rows of a pool that a column adds to. */
interface PoolRows {
  readonly moved: Row;
  readonly shared: Row | null;
  readonly own: Row;
  /** By task. */
  readonly works: readonly Row[];
  readonly means: readonly Row[];
}

export class BinnedProgramme {
  readonly linear = new LinearProgramme();
  readonly #demand: Demand;
  readonly #grid: Grid;
  readonly #mix: readonly number[];
  /** By class, then bin; null where nothing limits. */
  readonly #any: readonly (readonly (Row | null)[])[];
  readonly #fresh: readonly (readonly (Row | null)[])[];
  readonly #share: Row;

  /** `mix`: the share of each class in what is likely moved. */
  constructor(demand: Demand, grid: Grid, mix: readonly number[]) {
    this.#demand = demand;
    this.#grid = grid;
    this.#mix = mix;
    const { classes, serverBytes } = demand;
    const { start, width, bins } = grid;
    const perBin = (rowOf: (bin: number) => Row | null) =>
      Array.from({ length: bins }, (_, bin) => rowOf(bin));
    this.#any = classes.map(({ rate, capacity }) =>
      perBin(() =>
        capacity === Number.POSITIVE_INFINITY ? null : this.linear.atMost(capacity / rate),
      ),
    );
    this.#fresh = classes.map((source) =>
      perBin((bin) => {
        const most = readyBytes(source, start + bin * width, width) / width;
        const isAll = source.ready.length === 0 || most >= source.capacity;
        return isAll ? null : this.linear.atMost(most / source.rate);
      }),
    );
    this.#share = this.linear.atMost(serverBytes / (classes[SERVER_CLASS].rate * width));
  }

  add(pool: Pool): void {
    const { horizon } = this.#demand;
    const { start, width, bins } = this.#grid;
    const { count, arrival, parts, tasks } = pool;
    const moved = parts.map(({ bytes }) => this.linear.atLeast((count * bytes) / this.#unit));
    // The sum of the visits' times is no less than any of what `VisitCosts` looks at.
    const works = tasks.map(() => this.linear.atLeast(0));
    const idle = tasks.map((task) => this.#touching(pool, task) / width);
    const means = idle.map((bins) => this.linear.atLeast(-count * bins));
    const times = [...works, ...means].map((row) => [row, 1] as const);
    this.linear.column(1, Number.POSITIVE_INFINITY, times);
    // Who gives up needs nothing and stands at the horizon.
    this.linear.column(0, count, [
      ...works.map((row) => [row, -horizon / width] as const),
      ...means.map((row, at) => [row, -horizon / width - idle[at]] as const),
      ...parts.map(({ bytes }, at) => [moved[at], bytes / this.#unit] as const),
    ]);
    for (let bin = Math.floor((arrival - start) / width); bin < bins; bin++) {
      const from = Math.max(arrival, start + bin * width);
      const until = Math.min(arrival + horizon, start + (bin + 1) * width);
      if (until <= from) break;
      const share = (count * (until - from)) / width;
      const shared = parts.length > 1 ? this.linear.atMost(pool.streams * share) : null;
      for (const [at, part] of parts.entries()) {
        const own = this.linear.atMost(part.streams * share);
        const late = (from + until) / 2 - arrival;
        this.#columns(pool, part, bin, late, { moved: moved[at], shared, own, works, means });
      }
    }
  }

  /** One for each class: streams of a part in a bin, so many seconds after the arrival. */
  #columns(pool: Pool, part: PoolPart, bin: number, late: number, rows: PoolRows): void {
    const { classes } = this.#demand;
    const { width } = this.#grid;
    const tasks = [...pool.tasks.entries()].filter(
      ([, { isLargest }]) => part.isLargest || !isLargest,
    );
    for (const [k, { rate }] of classes.entries()) {
      const bytes = pool.rates[k] * width;
      const used = pool.rates[k] / rate;
      const meanOf = (task: Task) =>
        bytes * (late / task.bytes + this.#nearness(pool.rates, k) / task.streams);
      this.linear.column(0, Number.POSITIVE_INFINITY, [
        [rows.moved, bytes / this.#unit],
        ...tasks.map(([at, { streams }]) => [rows.works[at], -1 / streams] as const),
        ...tasks.map(([at, task]) => [rows.means[at], -meanOf(task) / width] as const),
        [rows.shared, 1],
        [rows.own, 1],
        [this.#any[k][bin], used],
        [part.isNew ? this.#fresh[k][bin] : null, used],
        [k === SERVER_CLASS ? this.#share : null, used],
      ]);
    }
  }

  /** The prices that row prices mean. */
  prices(rowPrices: ArrayLike<number>): Prices {
    const { classes } = this.#demand;
    // A row's price is what one more would save, as a negative number: bins for a stream in a bin.
    const priceOf = (row: Row | null, rate: number) =>
      row === null ? 0 : Math.max(0, -rowPrices[row]) / rate;
    const pricesOf = (rows: readonly (readonly (Row | null)[])[]) =>
      rows.map((bins, k) => Float64Array.from(bins, (row) => priceOf(row, classes[k].rate)));
    return {
      ...this.#grid,
      any: pricesOf(this.#any),
      fresh: pricesOf(this.#fresh),
      share: priceOf(this.#share, classes[SERVER_CLASS].rate),
    };
  }

  /** Seconds that the tangent of `VisitCosts` at the mix is below 0 where nothing is moved. */
  #touching({ rates }: Pool, { bytes, streams }: Task): number {
    const sum = this.#mix.reduce((total, share, k) => total + share * this.#nearness(rates, k), 0);
    return (bytes * sum) / (2 * streams);
  }

  #nearness(rates: readonly number[], k: number): number {
    return this.#mix.reduce((sum, share, l) => sum + share / Math.max(rates[k], rates[l]), 0);
  }

  /** Bytes of the fastest stream in a bin. */
  get #unit(): number {
    return Math.max(...this.#demand.classes.map(({ rate }) => rate)) * this.#grid.width;
  }
}
