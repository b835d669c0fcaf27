import type { Stream } from "../../engine/random.ts";
import { shuffle } from "../synth/chance.ts";

/**
 * A distribution of positive numbers as rising points: a share of the numbers is at most the value.
 * Between two points the logarithm of the value is straight.
 */
export type QuantileTable = readonly (readonly [share: number, value: number])[];

/** Shares of a table: one of forty each, and more of them towards the end, where the mass is. */
const SHARES = [
  ...Array.from({ length: 40 }, (_, at) => at / 40),
  ...[0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 1],
];

/** A value that so large a share of the numbers has is kept as a step. */
const STEP = 0.01;
/** So few different values are all kept as steps. */
const FEW = 64;

/** The table of at least one positive number, in any order. */
export function tableOf(values: ArrayLike<number>): QuantileTable {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  if (last === 0) return [[1, sorted[0]]];
  const places = new Set(SHARES.map((share) => Math.round(share * last)));
  const runs = runsOf(sorted);
  for (const { from, to } of runs) {
    if (runs.length > FEW && to - from < STEP * last) continue;
    places.add(from).add(to);
  }
  const points = [...places].sort((a, b) => a - b);
  // Of points of one value, those between the first and the last say nothing.
  const told = points.filter(
    (place, at) =>
      sorted[place] !== sorted[points[at - 1]] || sorted[place] !== sorted[points[at + 1]],
  );
  return told.map((place) => [digits(place / last, 6), digits(sorted[place], 9)]);
}

/** The first and the last place of each value among the sorted ones. */
function runsOf(sorted: Float64Array): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to + 1 < sorted.length && sorted[to + 1] === sorted[from]) to++;
    runs.push({ from, to });
    from = to + 1;
  }
  return runs;
}

function digits(value: number, many: number): number {
  return Number(value.toPrecision(many));
}

/** The value at a share from 0 to 1. */
export function valueAt(table: QuantileTable, share: number): number {
  let [low, high] = [0, table.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table[middle][0] >= share) high = middle;
    else low = middle + 1;
  }
  if (low === 0) return table[0][1];
  const [from, least] = table[low - 1];
  const [to, most] = table[low];
  return least * (most / least) ** ((share - from) / (to - from));
}

/**
 * So many values of the distribution in a random order, evenly spaced by their share: closer to it
 * than independent draws, and the very numbers if there are as many as the table was made of.
 */
export function spreadValues(table: QuantileTable, count: number, random: Stream): Float64Array {
  const order = shuffle(
    random,
    Uint32Array.from({ length: count }, (_, at) => at),
  );
  return Float64Array.from(order, (at) => valueAt(table, count === 1 ? 0.5 : at / (count - 1)));
}
