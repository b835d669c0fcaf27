/** Numbers appended one by one, doubling its room when full. */
export class Column {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  get(row: number): number {
    return this.#values[row];
  }

  set(row: number, value: number): void {
    this.#values[row] = value;
  }

  /** The numbers so far, without a copy. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}
