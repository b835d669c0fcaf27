import { assert } from "../../engine/assert.ts";

/** The least block rsync cuts by itself, in bytes. */
export const SMALLEST_BLOCK = 700;

/** The greatest block of protocol 30 and later, in bytes. */
export const LARGEST_BLOCK = 131_072;

const BLOCK_SUM_BIAS = 10;
const SHORT_CHECKSUM = 2;
/** A whole strong checksum, in bytes; a file that failed its check is redone with it. */
export const WHOLE_CHECKSUM = 16;

/**
 * The block length, in bytes, that rsync cuts a basis file of `size` bytes into: about √size.
 *
 * Up to 700² bytes it is 700; above, √size rounded down to a multiple of 8, at most 131,072
 * (generator.c, sum_sizes_sqroot). Before protocol 30 the upper limit was out of reach.
 */
export function blockLength(size: number): number {
  const root = Math.floor(Math.sqrt(size));
  return Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, root - (root % 8)));
}

/**
 * Bytes of strong checksum sent for each block: enough, with the 4 of the rolling one, that a false
 * match somewhere in a file of `size` bytes stays unlikely (generator.c, sum_sizes_sqroot).
 */
export function checksumLength(size: number, block: number): number {
  const bits = BLOCK_SUM_BIAS + 2 * floorLog2(size) - floorLog2(block);
  return Math.min(WHOLE_CHECKSUM, Math.max(SHORT_CHECKSUM, Math.trunc((bits - 24) / 8)));
}

/** Blocks of a basis file, the last of which may be short. */
export function blockCount(size: number, block: number): number {
  return Math.ceil(size / block);
}

/** The exponent of the greatest power of two that is not above `value`, exact to 2^53. */
function floorLog2(value: number): number {
  assert(value >= 1, `invalid size: ${value}; not at least 1 byte`);
  const high = Math.floor(value / 4_294_967_296);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(value);
}
