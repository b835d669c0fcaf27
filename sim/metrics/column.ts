/** Numbers that arrive one by one, kept in one growing typed array. */
export class Column {
  #values: Float64Array;
  #length = 0;

  /** `expected`: how many there will be at most, if that is known. */
  constructor(expected = 1024) {
    this.#values = new Float64Array(Math.max(1, expected));
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** Adds to a value that is there. */
  add(index: number, value: number): void {
    this.#values[index] += value;
  }

  /** The values themselves, valid until the next `push`. */
  values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  /** A sorted copy. */
  sorted(): Float64Array {
    return this.#values.slice(0, this.#length).sort();
  }

  sum(): number {
    let sum = 0;
    for (let i = 0; i < this.#length; i++) sum += this.#values[i];
    return sum;
  }
}
