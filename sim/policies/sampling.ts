import type { Random } from "./policy.ts";

/**
 * Selection sampling: called once for each of `total` things in order, says whether the thing is
 * one of a uniform choice of `wanted` (Knuth, TAOCP vol. 2, 3.4.2, algorithm S).
 */
export function sampling(total: number, wanted: number, random: Random): () => boolean {
  let left = total;
  let missing = Math.min(wanted, total);
  return () => {
    const isTaken = missing > 0 && (missing === left || random() * left < missing);
    left--;
    if (isTaken) missing--;
    return isTaken;
  };
}
