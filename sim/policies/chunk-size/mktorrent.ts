import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

/** Cuts a file into 800 to 1600 pieces, as long as the piece may grow. */
export const mktorrent: ChunkSizePolicy = {
  name: "mktorrent",
  summary: "32 KiB up to 50 MiB, doubled with the size, up to 16 MiB",
  source: "mktorrent de7d011",
  params: {},
  decide({ size }) {
    let piece = 32_768;
    while (size > piece * 1600 && piece < 16_777_216) piece *= 2;
    return cut(size, piece, "mktorrent's piece");
  },
};
