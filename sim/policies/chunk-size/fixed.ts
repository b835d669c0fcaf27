import type { ChunkSizePolicy } from "./chunk-size.ts";

const params = {
  chunkSize: {
    default: 65_536,
    min: 1,
    max: 67_108_864,
    unit: "bytes",
    summary: "bytes in every chunk but the last",
  },
} as const;

/** Cuts every file alike. The default fills a socket buffer, as a swarm wants it. */
export const fixed: ChunkSizePolicy<typeof params> = {
  name: "fixed",
  summary: "the same chunk for every file, 64 KiB unless told otherwise",
  source: "abstract, on chunk size: about 64 KB for swarming",
  params,
  decide({ size }, { chunkSize }) {
    return chunkSize < size
      ? { chunkSize, reason: "fixed chunk" }
      : { chunkSize: size, reason: "whole file" };
  },
};
