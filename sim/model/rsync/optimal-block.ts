/** A rolling checksum, a strong one of 16 bytes and a token: what a block costs in the thesis. */
const BLOCK_COST = 24;

/**
 * The block length, in bytes, that costs least if `changes` isolated changes lie in `size` bytes:
 * √(24·size/changes) (Tridgell's thesis, chapter 3). rsync's √size is this for 24 changes a file.
 */
export function optimalBlock(size: number, changes: number): number {
  return Math.sqrt((BLOCK_COST * size) / changes);
}

/** Bytes that signature, tokens and spoilt blocks cost: 24 a block, and a block for each change. */
export function costOfBlocks(size: number, changes: number, block: number): number {
  return (BLOCK_COST * size) / block + changes * block;
}
