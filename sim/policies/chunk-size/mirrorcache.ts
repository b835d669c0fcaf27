import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

const KIB = 1024;
const MIB = 1024 * KIB;

/** Leaves small files whole and cuts the others in three sizes. */
export const mirrorcache: ChunkSizePolicy = {
  name: "mirrorcache",
  summary: "whole up to 512 KiB; 256 KiB below 8 MiB, 1 MiB below 256 MiB, else 4 MiB",
  source: "openSUSE/MirrorCache 207d612, calcBlockSize",
  params: {},
  decide({ size }) {
    if (size <= 512 * KIB) return cut(size, size, "");
    if (size < 8 * MIB) return cut(size, 256 * KIB, "short block");
    return size < 256 * MIB ? cut(size, MIB, "middle block") : cut(size, 4 * MIB, "long block");
  },
};
