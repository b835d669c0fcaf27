/**
 * Jain's index of fairness: 1 when all loads are equal, 1/n when one of n carries everything.
 * Null when nothing was carried.
 *
 * Source: Jain, Chiu, Hawe, A Quantitative Measure of Fairness, DEC-TR-301, 1984.
 */
export function jainIndex(loads: ArrayLike<number>): number | null {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < loads.length; i++) {
    sum += loads[i];
    squares += loads[i] * loads[i];
  }
  return squares === 0 ? null : (sum * sum) / (loads.length * squares);
}

/** The largest load over the mean load: 1 when all are equal. Null when nothing was carried. */
export function maxOverMean(loads: ArrayLike<number>): number | null {
  let sum = 0;
  let max = 0;
  for (let i = 0; i < loads.length; i++) {
    sum += loads[i];
    max = Math.max(max, loads[i]);
  }
  return sum === 0 ? null : max / (sum / loads.length);
}
