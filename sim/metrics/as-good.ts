/**
 * Means this close to the best are as good as the best, however surely they differ: a share of it, or
 * for a metric from 0 to 1 (`ratio`) the distance itself. Many replications tell apart what nobody
 * would notice, and what a little less load or bandwidth would change by more.
 */
export const AS_GOOD = { share: 0.02, ratio: 0.01 } as const;

export function isAsGood(mean: number, best: number, unit: string): boolean {
  const within = unit === "ratio" ? AS_GOOD.ratio : AS_GOOD.share * Math.abs(best);
  // Rounding does not decide: 0.9 − 0.89 is more than 0.01.
  return Math.abs(mean - best) <= within * (1 + 1e-9);
}
