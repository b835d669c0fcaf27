import type { ParamSpecs, Policy } from "../policy.ts";

/** One file that is about to be synchronised. */
export interface ChunkSizeView {
  /** Bytes; at least 1. */
  readonly size: number;
}

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
