/**
 * Jain's index of fairness of loads, each of which counts by its weight: 1 when all are equal, 1/n when
 * one of n that weigh alike carries everything. Null when nothing was carried.
 *
 * Source: Jain, Chiu, Hawe, A Quantitative Measure of Fairness, DEC-TR-301, 1984.
 */
export function jainIndex(loads: ArrayLike<number>, weights: ArrayLike<number>): number | null {
  let weight = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < loads.length; i++) {
    weight += weights[i];
    sum += weights[i] * loads[i];
    squares += weights[i] * loads[i] * loads[i];
  }
  return squares === 0 ? null : (sum * sum) / (weight * squares);
}

/** The largest load over the weighted mean: 1 when all are equal. Null when nothing was carried. */
export function maxOverMean(loads: ArrayLike<number>, weights: ArrayLike<number>): number | null {
  let weight = 0;
  let sum = 0;
  let max = 0;
  for (let i = 0; i < loads.length; i++) {
    if (weights[i] > 0) max = Math.max(max, loads[i]);
    weight += weights[i];
    sum += weights[i] * loads[i];
  }
  return sum === 0 ? null : max / (sum / weight);
}
