import type { BoundOf, Families } from "../../policies/index.ts";

/** A chunk-size policy with its params. */
export type ChunkSizes = BoundOf<Families["chunkSize"]>;

/** A file is cut alike at all times, or it would have as many swarms as answers: chance is a constant. */
const NO_CHANCE = () => 0.5;

/** BitTorrent clients ask for 16 KiB at a time (BEP 3), and libtorrent refuses longer pieces. */
const SHORTEST = 16_384;
const LONGEST = 16_777_216;

/** Pieces at most: the torrent has 20 bytes for each, and libtorrent reads no torrent above 10 MB. */
const MOST_PIECES = 131_072;

/**
 * The length of a torrent's pieces, in bytes: what the policy says, as a power of two from 16 KiB to
 * 16 MiB, since many clients take no other (BEP 3: "almost always a power of two"). It is the nearest in
 * ratio, as chunk sizes act by ratios, and the next above where the policy wants no cut at all. It is
 * doubled where there would be more pieces than clients read.
 */
export function pieceLengthOf(policy: ChunkSizes, size: number): number {
  const { chunkSize } = policy.decide({ size }, NO_CHANCE);
  // 2^(k+½) is where 2^k and 2^(k+1) are equally far in ratio.
  const least = chunkSize >= size ? chunkSize : chunkSize / Math.SQRT2;
  let length = SHORTEST;
  while (length < least && length < LONGEST) length *= 2;
  while (Math.ceil(size / length) > MOST_PIECES && length < LONGEST) length *= 2;
  return length;
}

/** A block has 20 bytes of signature: shorter ones hardly save anything. */
const SHORTEST_BLOCK = 512;
/** With 20 bytes each, 20 MB. */
const MOST_BLOCKS = 1_048_576;

/** The length of a file's blocks for signatures, in bytes: the policy's, within sense. */
export function blockLengthOf(policy: ChunkSizes, size: number): number {
  const { chunkSize } = policy.decide({ size }, NO_CHANCE);
  return Math.max(chunkSize, SHORTEST_BLOCK, Math.ceil(size / MOST_BLOCKS));
}
