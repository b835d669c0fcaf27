/**
 * What a machine takes of a shelf: each package independently, with a chance that rises with the
 * package's weight up to certainty. So everyone has the base set, and popularity begins with a plateau.
 */
import { exponential, type Stream } from "../../../engine/random.ts";

/** Halvings of an interval of means. */
const HALVINGS = 50;

/** No machine takes more of a shelf than this share, on average. */
const MOST = 0.25;

/** How much machines take of a shelf. */
export interface Appetite {
  /**
   * Times that a machine takes of it: one, unless the shelf is of so small a sample of a repository
   * that a package of it stands for several.
   */
  readonly rounds: number;
  /** The mean over machines of what a weight is multiplied by to be a chance; they differ exponentially. */
  readonly mean: number;
}

/**
 * Calls `take` with places of the weights, each with the chance of its weight times the appetite of
 * this machine, or 1; in each round in rising order.
 *
 * @param weights Never increasing, above 0.
 * Source: J. Miller, A. Hagberg, "Efficient generation of networks with given expected degrees",
 * WAW 2011: skips of the chance at hand, thinned to the chance of where they end. Time grows with
 * what is taken, not with the shelf.
 */
export function choose(
  weights: Float64Array,
  { rounds, mean }: Appetite,
  random: Stream,
  take: (place: number) => void,
): void {
  for (let round = 0; round < rounds; round++) {
    const own = exponential(random, mean);
    let chance = Math.min(1, own * weights[0]);
    for (let place = 0; place < weights.length; place++) {
      if (chance < 1) place += Math.floor(Math.log1p(-random()) / Math.log1p(-chance));
      // Not a number if the chance is none.
      if (!(place < weights.length)) break;
      const here = Math.min(1, own * weights[place]);
      if (here === chance || random() * chance < here) take(place);
      chance = here;
    }
  }
}

/** The appetite with which `choose` takes so many on average; none of an empty shelf. */
export function appetiteFor(weights: Float64Array, taken: number): Appetite {
  if (taken <= 0 || weights.length === 0) return { rounds: 0, mean: 0 };
  const rounds = Math.ceil(taken / (MOST * weights.length));
  const wanted = taken / rounds;
  let low = 0;
  let high = 1;
  while (meanTaken(weights, high) < wanted) high *= 2;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (meanTaken(weights, middle) < wanted) low = middle;
    else high = middle;
  }
  return { rounds, mean: high };
}

/** Of min(1, a w) the mean over exponential a of mean m is m w (1 - exp(-1 / (m w))). */
function meanTaken(weights: Float64Array, mean: number): number {
  let sum = 0;
  for (const weight of weights) sum -= mean * weight * Math.expm1(-1 / (mean * weight));
  return sum;
}
