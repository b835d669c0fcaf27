import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

/** Cuts for verification: a client that finds a bad piece fetches that piece alone again. */
export const mirrorbrain: ChunkSizePolicy = {
  name: "mirrorbrain",
  summary: "256 KiB for every file",
  source: "poeml/mirrorbrain 432d0c5, hashes.py",
  params: {},
  decide: ({ size }) => cut(size, 262_144, "Metalink's piece"),
};
