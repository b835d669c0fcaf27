import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

const SMALLEST = 16_384;
const LARGEST = 16_777_216;

/** Doubles the piece whenever the size is four times as great: again a square root, in steps. */
export const libtorrent: ChunkSizePolicy = {
  name: "libtorrent",
  summary: "from 16 KiB to 16 MiB, doubled for each four times the size",
  source: "arvidn/libtorrent 069017e, create_torrent.cpp",
  params: {},
  decide({ size }) {
    let piece = SMALLEST;
    let limit = 268_435_456 / 100;
    while (size > Math.round(limit) && piece < LARGEST) {
      piece *= 2;
      limit *= 4;
    }
    return cut(size, piece, "libtorrent's piece");
  },
};
