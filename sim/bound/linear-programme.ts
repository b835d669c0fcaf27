import type { ModelData } from "highs";

/** A row or a column by its number. */
export type Row = number;

/** A linear programme that grows column by column: the least cost of columns from 0 up, rows in range. */
export class LinearProgramme {
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #costs: number[] = [];
  readonly #most: number[] = [];
  readonly #starts: number[] = [0];
  readonly #rows: number[] = [];
  readonly #values: number[] = [];

  get columns(): number {
    return this.#costs.length;
  }

  get rows(): number {
    return this.#low.length;
  }

  atMost(high: number): Row {
    return this.#row(Number.NEGATIVE_INFINITY, high);
  }

  atLeast(low: number): Row {
    return this.#row(low, Number.POSITIVE_INFINITY);
  }

  /** Adds a column with its cost, the most it may be, and what it adds to rows. */
  column(
    cost: number,
    most: number,
    entries: readonly (readonly [row: Row | null, value: number])[],
  ): void {
    this.#costs.push(cost);
    this.#most.push(most);
    for (const [row, value] of entries) {
      if (row === null) continue;
      this.#rows.push(row);
      this.#values.push(value);
    }
    this.#starts.push(this.#rows.length);
  }

  /** As HiGHS takes it. */
  data(): ModelData {
    const [numRows, numCols] = [this.rows, this.columns];
    return {
      ...{ numRows, numCols, colCost: this.#costs, colLower: new Float64Array(numCols) },
      ...{ colUpper: this.#most, rowLower: this.#low, rowUpper: this.#high },
      matrix: {
        ...{ format: "csc", numRows, numCols, starts: this.#starts },
        ...{ indices: this.#rows, values: this.#values },
      },
    };
  }

  #row(low: number, high: number): Row {
    this.#low.push(low);
    return this.#high.push(high) - 1;
  }
}
