/**
 * What a machine takes of a shelf: each package independently, with a chance that rises with the
 * package's weight up to certainty. So everyone has the base set, and popularity begins with a plateau.
 */
import { exponential, type Stream } from "../../../engine/random.ts";

/** Halvings of an appetite's interval: as many as make it exact. */
const HALVINGS = 50;

/**
 * Calls `take` with places of the weights, in rising order, each with the chance of its weight times
 * the appetite of this machine, or 1. Machines' appetites differ exponentially around `appetite`.
 *
 * @param weights Never increasing, above 0.
 * Source: J. Miller, A. Hagberg, "Efficient generation of networks with given expected degrees",
 * WAW 2011: skips of the chance at hand, thinned to the chance of where they end. Time grows with
 * what is taken, not with the shelf.
 */
export function choose(
  weights: Float64Array,
  appetite: number,
  random: Stream,
  take: (place: number) => void,
): void {
  if (weights.length === 0 || appetite <= 0) return;
  const own = exponential(random, appetite);
  let chance = Math.min(1, own * weights[0]);
  for (let place = 0; place < weights.length; place++) {
    if (chance < 1) place += Math.floor(Math.log1p(-random()) / Math.log1p(-chance));
    if (!(place < weights.length)) return;
    const here = Math.min(1, own * weights[place]);
    if (here === chance || random() * chance < here) take(place);
    chance = here;
  }
}

/** The appetite with which `choose` takes so many on average; the largest if there are not so many. */
export function appetiteFor(weights: Float64Array, mean: number): number {
  if (mean <= 0) return 0;
  if (mean >= weights.length) return Number.MAX_VALUE;
  let low = 0;
  let high = 1;
  while (meanTaken(weights, high) < mean) high *= 2;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (meanTaken(weights, middle) < mean) low = middle;
    else high = middle;
  }
  return high;
}

/** Of min(1, a w) the mean over exponential a of mean m is m w (1 - exp(-1 / (m w))). */
function meanTaken(weights: Float64Array, appetite: number): number {
  let sum = 0;
  for (const weight of weights) {
    const even = appetite * weight;
    sum -= even * Math.expm1(-1 / even);
  }
  return sum;
}
