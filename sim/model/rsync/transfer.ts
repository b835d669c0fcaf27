import { blockLength } from "./block.ts";
import { matchedShare, type Similarity } from "./similarity.ts";
import { deltaBytes, signatureBytes } from "./wire.ts";

/** A file that a volunteer pulls with rsync. */
export interface RsyncFile {
  /** Bytes of the version to be fetched. */
  readonly size: number;
  /** Bytes of the version at hand. Left out, as many as `size`. */
  readonly basisSize?: number;
  /** How like the version at hand is; null if there is none. */
  readonly basis: Similarity | null;
  /** Bytes; left out, rsync's own rule. */
  readonly blockLength?: number;
}

/** Bytes that one file takes, on top of TCP. */
export interface RsyncTransfer {
  /** Checksums of the basis file, from the receiver. */
  signatureBytes: number;
  /** Bytes of the file that are sent as they are. */
  literalBytes: number;
  /** Bytes of the file that are taken from the basis. */
  matchedBytes: number;
  /** All that the sender answers, literal bytes included. */
  deltaBytes: number;
  /** From receiver to sender. */
  upBytes: number;
  /** From sender to receiver. */
  downBytes: number;
}

/** What rsync needs to know a file by: its number in the list, and what is to be done with it. */
const REQUEST = 5;

/** A result to be used again and again where millions of files are computed. */
export function noTransfer(): RsyncTransfer {
  return {
    signatureBytes: 0,
    literalBytes: 0,
    matchedBytes: 0,
    deltaBytes: 0,
    upBytes: 0,
    downBytes: 0,
  };
}

/**
 * What it takes to bring one file up to date. The result is written into `into` and returned.
 *
 * Matches come in whole blocks, and neighbouring blocks form a run. A run ends behind a block that
 * is found if the next is not, which the law of similarity gives: share(L) - share(2L) a block.
 */
export function rsyncTransfer(file: RsyncFile, into: RsyncTransfer = noTransfer()): RsyncTransfer {
  const { size, basis } = file;
  const basisSize = basis === null ? 0 : (file.basisSize ?? size);
  const block = file.blockLength ?? blockLength(Math.max(1, basisSize));
  // A file of less than a block is one short block: it is found if nothing in it has changed.
  const length = Math.max(1, Math.min(block, basisSize));
  const share = basisSize === 0 || basis === null ? 0 : matchedShare(basis, length);
  const blocks = size / length;
  const next = share === 0 || basis === null ? 0 : matchedShare(basis, 2 * length);
  into.matchedBytes = share * size;
  into.literalBytes = size - into.matchedBytes;
  into.signatureBytes = signatureBytes(basisSize, block);
  into.deltaBytes = deltaBytes(into.literalBytes, blocks * (share - next), blocks * share);
  into.upBytes = REQUEST + into.signatureBytes;
  into.downBytes = REQUEST + into.deltaBytes;
  return into;
}

/**
 * The basis that rsync will use for a file whose earlier version is at hand.
 *
 * It looks under the same path only. A package carries its version in its name, so its earlier
 * version is found only with `--fuzzy`, among the other files of the folder (rsync.1).
 */
export function basisOf(
  earlier: Similarity | null,
  { sameName, fuzzy }: { readonly sameName: boolean; readonly fuzzy: boolean },
): Similarity | null {
  return sameName || fuzzy ? earlier : null;
}
