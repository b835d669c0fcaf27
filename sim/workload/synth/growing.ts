type Numbers = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/** Numbers appended one by one, in a typed array that doubles when it is full. */
export class Growing<Values extends Numbers> {
  readonly #create: new (
    length: number,
  ) => Values;
  #values: Values;
  length = 0;

  constructor(create: new (length: number) => Values) {
    this.#create = create;
    this.#values = new create(1024);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new this.#create(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  get(index: number): number {
    return this.#values[index];
  }

  /** The numbers so far, as a copy that has no room to spare. */
  toArray(): Values {
    const exact = new this.#create(this.length);
    exact.set(this.#values.subarray(0, this.length));
    return exact;
  }
}
