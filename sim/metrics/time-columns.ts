/** Columns that a chart can show apart. */
const MOST_COLUMNS = 96;

/** The whole bins of the window in at most so many columns of equal width. */
export class TimeColumns {
  /** Bins in a column, but for the last, which may have fewer. */
  readonly bins: number;
  /** Seconds. */
  readonly width: number;
  readonly count: number;
  readonly #end: number;

  /** `window` and `bin` in seconds. */
  constructor(window: number, bin: number, most = MOST_COLUMNS) {
    const all = Math.floor(window / bin);
    const columns = Math.min(MOST_COLUMNS, Math.max(1, Math.floor(most)));
    this.bins = Math.max(1, Math.ceil(all / columns));
    this.width = this.bins * bin;
    this.count = Math.ceil(all / this.bins);
    this.#end = all * bin;
  }

  /** The column of a time in seconds; -1 where it is in no whole bin of the window. */
  at(time: number): number {
    return 0 <= time && time < this.#end ? Math.floor(time / this.width) : -1;
  }
}
