import { assert } from "../../engine/assert.ts";
import type { Stream } from "../../engine/random.ts";

/**
 * Draws numbers from 0 on by weight, each in constant time.
 *
 * Source: M. Vose, "A linear algorithm for generating random numbers with a given distribution",
 * IEEE Transactions on Software Engineering 17(9), 1991.
 */
export class AliasTable {
  readonly #keep: Float64Array;
  readonly #other: Uint32Array;

  /** Weights are not negative, and one at least is positive. */
  constructor(weights: ArrayLike<number>) {
    const { length } = weights;
    let sum = 0;
    for (let index = 0; index < length; index++) sum += weights[index];
    assert(sum > 0, "some weight is positive");
    this.#keep = Float64Array.from(weights, (weight) => (weight * length) / sum);
    this.#other = Uint32Array.from(weights, (_, index) => index);

    const poor: number[] = [];
    const rich: number[] = [];
    for (let index = 0; index < length; index++) {
      (this.#keep[index] < 1 ? poor : rich).push(index);
    }
    // Every round settles one number for good.
    for (let round = 0; round < length; round++) {
      const taker = poor.pop();
      const giver = rich.at(-1);
      if (taker === undefined || giver === undefined) return;
      this.#other[taker] = giver;
      this.#keep[giver] -= 1 - this.#keep[taker];
      if (this.#keep[giver] >= 1) continue;
      rich.pop();
      poor.push(giver);
    }
  }

  get length(): number {
    return this.#keep.length;
  }

  draw(random: Stream): number {
    const index = Math.floor(random() * this.#keep.length);
    return random() < this.#keep[index] ? index : this.#other[index];
  }
}
