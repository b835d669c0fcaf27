import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

const SMALLEST = 700;
const LARGEST = 131_072;

/**
 * Cuts a file as rsync does, to find what it shares with an earlier version of itself.
 *
 * About √size blocks of √size bytes balance the signature's length against what one changed byte
 * costs. The upper limit came with protocol 30; up to 2^34 bytes, earlier versions agree.
 */
export const sqrt: ChunkSizePolicy = {
  name: "sqrt",
  summary: "rsync's block size: √size rounded down to a multiple of 8, from 700 to 131072 bytes",
  source: "rsync, generator.c, sum_sizes_sqroot; abstract, on chunk size",
  params: {},
  decide({ size }) {
    const root = Math.floor(Math.sqrt(size));
    return cut(size, Math.min(Math.max(root - (root % 8), SMALLEST), LARGEST), "rsync's block");
  },
};
