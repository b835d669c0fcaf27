import { bytes } from "../policy.ts";
import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

const params = { chunkSize: bytes(65_536, 1, 67_108_864, "in every chunk but the last") };

/** Cuts every file alike. The default fills a socket buffer, as a swarm wants it. */
export const fixed: ChunkSizePolicy<typeof params> = {
  name: "fixed",
  summary: "the same chunk for every file, 64 KiB unless told otherwise",
  source: "abstract, on chunk size: about 64 KB for swarming",
  params,
  decide: ({ size }, { chunkSize }) => cut(size, chunkSize, "fixed chunk"),
};
