import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

/** Cuts a file into at most 500 pieces, as long as the piece may grow. */
export const dragonfly: ChunkSizePolicy = {
  name: "dragonfly",
  summary: "a 500th of the file rounded up to a power of two, from 4 to 64 MiB",
  source: "dragonflyoss/client ff17c0b, piece.rs",
  params: {},
  decide({ size }) {
    let piece = 4_194_304;
    while (piece < size / 500 && piece < 67_108_864) piece *= 2;
    return cut(size, piece, "Dragonfly's piece");
  },
};
