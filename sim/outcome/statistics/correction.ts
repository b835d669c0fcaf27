/**
 * Corrections of p-values for the number of tests, so that the chance of one or more false
 * discoveries among all of them is kept, however the tests depend on each other.
 */

/**
 * p-values adjusted by Holm's method, in the order given: a test is a discovery at level α where its
 * adjusted value is at most α. Never less powerful than Bonferroni's.
 *
 * Source: Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
 * Statistics 6, 1979.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, at) => at).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, at] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[at]));
    adjusted[at] = largest;
  }
  return adjusted;
}

/**
 * For each test, in the order given, the level at which Holm's method decided it: with p-values in order
 * the i-th (from 0) of m at `alpha` / (m - i). The first that is not rejected ends the method; all behind
 * it have its level. `isRejected` says whether a test is rejected at a level.
 */
export function holmLevels(
  pValues: readonly number[],
  alpha: number,
  isRejected: (at: number, level: number) => boolean,
): number[] {
  const order = pValues.map((_, at) => at).sort((a, b) => pValues[a] - pValues[b]);
  const levels = new Array<number>(pValues.length);
  let left = pValues.length;
  let isOver = false;
  for (const at of order) {
    levels[at] = alpha / left;
    isOver ||= !isRejected(at, levels[at]);
    if (!isOver) left--;
  }
  return levels;
}

/** p-values times their number. */
export function bonferroni(pValues: readonly number[]): number[] {
  return pValues.map((p) => Math.min(1, p * pValues.length));
}
