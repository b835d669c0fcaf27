import { log2 } from "../portable-math.ts";
import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

/** Cuts a file into about a thousand pieces, the piece being a power of two. */
export const transmission: ChunkSizePolicy = {
  name: "transmission",
  summary: "a 1024th of the file as a power of two, from 16 KiB to 16 MiB",
  source: "Transmission 85fc9d9, makemeta.cc",
  params: {},
  decide({ size }) {
    const power = Math.round(Math.min(Math.max(log2(size) - 10, 14), 24));
    return cut(size, 1 << power, "Transmission's piece");
  },
};
