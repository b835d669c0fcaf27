/** Draws from the distributions that traces are made of. */
import { standardNormal as normal } from "../../engine/distributions.ts";
import type { Stream } from "../../engine/random.ts";

export { normal };

/** Above this mean a Poisson number is taken as normal; its skew is then below 0.13. */
const POISSON_LARGE = 60;

/** The number of events of a Poisson process where `mean` are expected. */
export function poisson(random: Stream, mean: number): number {
  if (mean > POISSON_LARGE) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  }
  const least = Math.exp(-mean);
  let events = 0;
  for (let product = random(); product > least; product *= random()) events++;
  return events;
}

/**
 * A whole number from 0 on, geometric with the given mean: what a Poisson number becomes when its
 * mean differs exponentially from machine to machine.
 */
export function geometric(random: Stream, mean: number): number {
  if (mean <= 0) return 0;
  return Math.floor(Math.log(1 - random()) / Math.log(mean / (1 + mean)));
}

/** Puts `values` into a random order, in place. Source: Knuth, TAOCP 2, 3.4.2, algorithm P. */
export function shuffle<List extends Uint32Array | unknown[]>(random: Stream, values: List): List {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other], values[last]];
  }
  return values;
}

/** The numbers from 0 to below `length` in a random order. */
export function permutation(random: Stream, length: number): Uint32Array {
  return shuffle(
    random,
    Uint32Array.from({ length }, (_, index) => index),
  );
}
