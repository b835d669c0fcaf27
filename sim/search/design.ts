import type { Stream } from "../engine/random.ts";
import { permutation } from "../workload/synth/chance.ts";

/**
 * `count` points of the unit cube by chance, of which each of `count` equal slices of each dimension has
 * one: a Latin hypercube.
 *
 * Source: McKay, Beckman and Conover, A comparison of three methods for selecting values of input variables,
 * Technometrics 21(2), 1979.
 */
export function design(dimensions: number, count: number, random: Stream): number[][] {
  const columns = Array.from({ length: dimensions }, () =>
    Array.from(permutation(random, count), (slice) => (slice + random()) / count),
  );
  return Array.from({ length: count }, (_, point) => columns.map((column) => column[point]));
}
