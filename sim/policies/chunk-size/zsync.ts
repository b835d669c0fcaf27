import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

/** Cuts for a client that compares with an old copy by a list that the server keeps ready. */
export const zsync: ChunkSizePolicy = {
  name: "zsync",
  summary: "2048 bytes below 100 MB, 4096 from there",
  source: "MirrorBrain 432d0c5, its .zsync files",
  params: {},
  decide: ({ size }) => cut(size, size < 100_000_000 ? 2048 : 4096, "zsync's block"),
};
