import { blockCount, checksumLength } from "./block.ts";

/** Block count, block length, checksum length and remainder, 4 bytes each (io.c, write_sum_head). */
export const SUM_HEAD = 16;
const ROLLING_CHECKSUM = 4;
/** A run of literal bytes, a matched block and the end of a file are each one 4-byte integer. */
const TOKEN = 4;
/** Literal bytes that one token announces at most (token.c). */
const LITERAL_CHUNK = 32_768;
const WHOLE_FILE_CHECKSUM = 16;
/** The stream comes in messages of up to 32 KiB with a header of 4 bytes (io.c). */
const MESSAGE = 32_768;
const MESSAGE_HEADER = 4;

/**
 * Bytes the receiver sends for a basis file: the header and, for each block, a rolling and a strong
 * checksum. Without a basis (`size` 0) it is the header alone.
 */
export function signatureBytes(
  size: number,
  block: number,
  checksum: number = size > 0 ? checksumLength(size, block) : 0,
): number {
  return SUM_HEAD + blockCount(size, block) * (ROLLING_CHECKSUM + checksum);
}

/**
 * Bytes the sender answers with: the header repeated, a token for each matched block, the literal
 * bytes in `runs` pieces of at most 32 KiB with a token each, an end token, the file's checksum.
 */
export function deltaBytes(literal: number, runs: number, matchedBlocks: number): number {
  const tokens = matchedBlocks + literalTokens(literal, runs) + 1;
  const stream = SUM_HEAD + TOKEN * tokens + literal + WHOLE_FILE_CHECKSUM;
  return stream + MESSAGE_HEADER * Math.ceil(stream / MESSAGE);
}

/**
 * Tokens that announce literal runs. One run is cut every 32 KiB. Of many, the lengths are taken
 * as exponential with the mean there is, so that a run needs 1 / (1 - exp(-32 KiB / mean)).
 */
function literalTokens(literal: number, runs: number): number {
  if (literal <= 0) return 0;
  if (runs <= 1) return Math.ceil(literal / LITERAL_CHUNK);
  return runs / -Math.expm1((-LITERAL_CHUNK * runs) / literal);
}
