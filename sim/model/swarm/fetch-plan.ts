import { matchedShare, type Similarity } from "../rsync/similarity.ts";
import { signatureBytes } from "../rsync/wire.ts";
import { chunkOverhead, PIECE_DIGEST } from "./messages.ts";

/** What a volunteer has of a file before it fetches it. */
export type AtHand =
  /** Nothing that helps. */
  | { readonly kind: "nothing" }
  /** The same content under another name: it is linked. */
  | { readonly kind: "identical" }
  /** An earlier version. */
  | { readonly kind: "similar"; readonly similarity: Similarity };

export interface FetchPlan {
  /** Bytes of the file that have to come from others, in whole chunks. */
  readonly payloadBytes: number;
  /** Chunks that have to be fetched. */
  readonly chunks: number;
  /** Digests of the chunks, from the server. */
  readonly metadataBytes: number;
  /** Requests, headers and HAVEs of the chunks fetched. */
  readonly overheadBytes: number;
}

/**
 * Which bytes of a file a swarm has to bring, when chunks of `chunk` bytes serve both purposes: they
 * are looked for in the earlier version, at any offset as rsync does, and those that are not there
 * are the pieces that are swarmed.
 *
 * Small chunks are found more often and cost more to fetch; that is the trade-off of the abstract.
 * `neighbours` are told of each chunk.
 */
export function fetchPlan(
  size: number,
  chunk: number,
  atHand: AtHand,
  neighbours: number,
): FetchPlan {
  if (atHand.kind === "identical") {
    return { payloadBytes: 0, chunks: 0, metadataBytes: PIECE_DIGEST, overheadBytes: 0 };
  }
  const length = Math.min(chunk, size);
  const count = Math.ceil(size / length);
  const share = atHand.kind === "similar" ? matchedShare(atHand.similarity, length) : 0;
  // To look for chunks at any offset, their rolling checksums are needed beside the digests.
  const rolling = atHand.kind === "similar" ? signatureBytes(size, length, 0) : 0;
  const chunks = count * (1 - share);
  return {
    payloadBytes: size * (1 - share),
    chunks,
    metadataBytes: count * PIECE_DIGEST + rolling,
    overheadBytes: chunks * chunkOverhead(length, neighbours),
  };
}

/** All bytes of a plan. */
export function plannedBytes({ payloadBytes, metadataBytes, overheadBytes }: FetchPlan): number {
  return payloadBytes + metadataBytes + overheadBytes;
}
