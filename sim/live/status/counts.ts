/** Names that are told apart; what comes after them counts as others, so that no input fills memory. */
const MOST_NAMES = 100;

export const OTHERS = "others";

/** Counts by a short text, such as a reason: one look-up each, cheap enough for every request. */
export class Counts {
  readonly #counts = new Map<string, { count: number }>();

  add(name: string, by = 1): void {
    const known = this.#counts.get(name);
    if (known === undefined) this.#meet(name, by);
    else known.count += by;
  }

  #meet(name: string, by: number): void {
    if (this.#counts.size < MOST_NAMES || name === OTHERS) this.#counts.set(name, { count: by });
    else this.add(OTHERS, by);
  }

  of(name: string): number {
    return this.#counts.get(name)?.count ?? 0;
  }

  get total(): number {
    let sum = 0;
    for (const { count } of this.#counts.values()) sum += count;
    return sum;
  }

  /** In the order in which the names came. */
  *[Symbol.iterator](): Generator<readonly [name: string, count: number]> {
    for (const [name, { count }] of this.#counts) yield [name, count];
  }
}

/** Sums by a number that the coordinator has given, such as a volunteer's. */
export class Sums {
  #sums = new Float64Array(64);

  add(number: number, by: number): void {
    if (number >= this.#sums.length) {
      const larger = new Float64Array(2 * number);
      larger.set(this.#sums);
      this.#sums = larger;
    }
    this.#sums[number] += by;
  }

  of(number: number): number {
    return this.#sums[number] ?? 0;
  }
}
