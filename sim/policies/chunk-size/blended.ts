import { bytes, ratio } from "../policy.ts";
import { pow } from "../portable-math.ts";
import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

const params = {
  swarmWeight: ratio(0.5, 0, 1, "0 is for finding similarity alone, 1 for swarming alone"),
  swarmChunk: bytes(65_536, 1, 16_777_216, "in a chunk that fills a socket buffer"),
};

/**
 * Compromises between √size, which finds similarity between versions, and what swarming wants.
 * Chunk sizes act as ratios, so their logarithms are blended: the weighted geometric mean.
 */
export const blended: ChunkSizePolicy<typeof params> = {
  name: "blended",
  summary: "weighted geometric mean of √size and the swarm's chunk",
  source: "abstract, on chunk size: about √size for sync, about 64 KB for swarming",
  params,
  decide({ size }, { swarmWeight, swarmChunk }) {
    const mean = pow(Math.sqrt(size), 1 - swarmWeight) * pow(swarmChunk, swarmWeight);
    return cut(size, Math.max(1, Math.round(mean)), "blend");
  },
};
