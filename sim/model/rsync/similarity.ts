import { assert } from "../../engine/assert.ts";

/**
 * How alike two versions of a file are, at every block length: two numbers.
 *
 * A block is found in the earlier version if no change fell into it. Were changes isolated and
 * spread evenly, D of them a byte, a block of L bytes would survive with probability exp(-D·L):
 * Tridgell's assumption (thesis, chapter 3). Real changes cluster, at several scales at once: a
 * line, a function, a file in an archive. So D is taken to vary over the file, with the heavy tail
 * of a one-sided stable law of index b; averaged over it, exp(-D·L) is exp(-(L/a)^b) (Pollard,
 * Bulletin of the AMS 52, 1946: the Laplace transform of that law). The index says how the changes
 * lie: 1, evenly; towards 0, all in one part of the file, which is then new at any block length;
 * above 1, at regular distances, as dates in headers do.
 */
export interface Similarity {
  /** A block length, in bytes, and the share of the new version that such blocks find, in [0, 1]. */
  readonly block: number;
  readonly share: number;
  /** b, not negative. */
  readonly index: number;
}

/** What rsync was seen to find in an earlier version. */
export type MeasuredShare = Pick<Similarity, "block" | "share">;

export const IDENTICAL: Similarity = { block: 1, share: 1, index: 0 };
export const UNRELATED: Similarity = { block: 1, share: 0, index: 0 };

/** The share of the new version's bytes that blocks of `length` bytes find in the earlier one. */
export function matchedShare({ block, share, index }: Similarity, length: number): number {
  return share ** ((length / block) ** index);
}

/** `changes` isolated changes, spread evenly over `size` bytes. */
export function isolatedChanges(size: number, changes: number): Similarity {
  return changes === 0 ? IDENTICAL : { block: size / changes, share: Math.exp(-1), index: 1 };
}

/**
 * The law that passes through two measured shares of a file of `size` bytes.
 *
 * Shares count whole blocks. So 0 says that fewer than one was found, and 1 that fewer than one was
 * not: half a block is assumed, and no more at the larger length than at the smaller.
 */
export function similarityFrom(
  small: MeasuredShare,
  large: MeasuredShare,
  size: number,
): Similarity {
  assert(small.block < large.block, `blocks in order; got ${small.block}, ${large.block}`);
  const { block } = small;
  if (small.share <= 0) return UNRELATED;
  if (large.share >= small.share) return { block, share: small.share, index: 0 };
  const share = Math.min(small.share, 1 - block / size / 2);
  const found = Math.max(large.share, Math.min(large.block / size, share) / 2);
  if (found >= share) return { block, share, index: 0 };
  const index = Math.log(Math.log(found) / Math.log(share)) / Math.log(large.block / block);
  return { block, share, index };
}
