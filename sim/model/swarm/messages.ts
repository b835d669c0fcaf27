/** Messages of the peer protocol, and their lengths in bytes with the 4 of the length itself (BEP 3). */
export const HANDSHAKE = 68;
export const HAVE = 9;
export const REQUEST = 17;
export const CANCEL = 17;
/** A request that will not be answered (BEP 6). */
export const REJECT = 17;
/** Choke, unchoke, interested and not interested. */
export const STATE = 5;
/** What comes before the bytes of a block. */
export const BLOCK_HEADER = 13;
/** A block: what one request asks for; peers close a connection that asks for more (BEP 3). */
export const BLOCK = 16_384;
/** A digest a piece, which every peer needs first: SHA-1. */
export const PIECE_DIGEST = 20;

export function bitfield(pieces: number): number {
  return 5 + Math.ceil(pieces / 8);
}

/**
 * Bytes that fetching a chunk costs over its payload: request and header for each block, and a HAVE
 * to each of `neighbours`.
 */
export function chunkOverhead(chunk: number, neighbours: number): number {
  return Math.ceil(chunk / BLOCK) * (REQUEST + BLOCK_HEADER) + neighbours * HAVE;
}
