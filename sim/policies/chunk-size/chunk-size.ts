import type { ParamSpecs, Policy } from "../policy.ts";
import { amount, optional, type Shape, whole } from "../shape.ts";

/** One file that is about to be synchronised. */
export interface ChunkSizeView {
  /** Bytes; at least 1. */
  readonly size: number;
  /**
   * Separate changes since the version that the receiver holds, 0 where it holds none. Absent: 24,
   * for which the best block of a file is its square root (Tridgell's thesis).
   */
  readonly changes?: number;
  /** Others that fetch the file in the same swarm; absent: 0, it comes from one machine. */
  readonly peers?: number;
  /** Round-trip time to who sends, in seconds; absent: 0. */
  readonly rtt?: number;
  /** Bytes per second that it can send; absent: 0. */
  readonly rate?: number;
}

export const CHUNK_SIZE_VIEW: Shape<ChunkSizeView> = {
  size: whole(1),
  changes: optional(amount),
  peers: optional(whole()),
  rtt: optional(amount),
  rate: optional(amount),
};

export interface ChunkSize {
  /** Bytes; an integer from 1 to the file's size. */
  readonly chunkSize: number;
  readonly reason: string;
}

export type ChunkSizePolicy<Params extends ParamSpecs = ParamSpecs> = Policy<
  ChunkSizeView,
  ChunkSize,
  never,
  Params,
  undefined
>;

/** The decision for chunks of this size, unless the file is no longer than one. */
export function cut(size: number, chunkSize: number, reason: string): ChunkSize {
  return chunkSize < size ? { chunkSize, reason } : { chunkSize: size, reason: "whole file" };
}
