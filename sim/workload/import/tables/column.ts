type NumberArray = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Numbers by row, `unknown` where none was set, in as much room as the last row needs. */
export class Column<Values extends NumberArray> {
  readonly #create: (length: number) => Values;
  readonly #unknown: number;
  #values: Values;

  constructor(create: (length: number) => Values, unknown: number) {
    this.#create = create;
    this.#unknown = unknown;
    this.#values = create(0);
  }

  get(row: number): number {
    return row < this.#values.length ? this.#values[row] : this.#unknown;
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) {
      const larger = this.#create(Math.max(2 * this.#values.length, row + 1, 256));
      larger.set(this.#values);
      larger.fill(this.#unknown, this.#values.length);
      this.#values = larger;
    }
    this.#values[row] = value;
  }

  /** Whether any row was ever set. */
  get isUsed(): boolean {
    return this.#values.length > 0;
  }
}

export const float64 = (length: number) => new Float64Array(length);
export const uint32 = (length: number) => new Uint32Array(length);
export const uint8 = (length: number) => new Uint8Array(length);
