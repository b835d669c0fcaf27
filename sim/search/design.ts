import type { Stream } from "../engine/random.ts";

/**
 * `count` points of the unit cube that leave no large gap: steps of irrational lengths, taken modulo 1,
 * from a start by chance.
 *
 * The lengths are the powers of 1/φ, where φ is the positive root of x^(d + 1) = x + 1, so that any first
 * points are spread evenly, in one dimension as by the golden ratio. Sources: Roberts, The unreasonable
 * effectiveness of quasirandom sequences, 2018; the start: Cranley and Patterson, SIAM Journal on Numerical Analysis
 * 13(6), 1976.
 */
export function design(dimensions: number, count: number, random: Stream): number[][] {
  const step = 1 / rootOf(dimensions);
  const start = Array.from({ length: dimensions }, () => random());
  return Array.from({ length: count }, (_, point) =>
    start.map((from, dimension) => (from + point * step ** (dimension + 1)) % 1),
  );
}

/** By x ← (1 + x)^(1 / (d + 1)), which halves the error at least each time. */
function rootOf(dimensions: number): number {
  let root = 2;
  for (let i = 0; i < 60; i++) root = (1 + root) ** (1 / (dimensions + 1));
  return root;
}
