import type { Family } from "../family.ts";
import { isIndex, wrongField, wrongReason } from "../rules.ts";
import { record } from "../shape.ts";
import { blended } from "./blended.ts";
import { CHUNK_SIZE_VIEW, type ChunkSize, type ChunkSizeView } from "./chunk-size.ts";
import { dragonfly } from "./dragonfly.ts";
import { fixed } from "./fixed.ts";
import { kraken } from "./kraken.ts";
import { leastCost } from "./least-cost.ts";
import { libtorrent } from "./libtorrent.ts";
import { mirrorbrain } from "./mirrorbrain.ts";
import { mirrorcache } from "./mirrorcache.ts";
import { mktorrent } from "./mktorrent.ts";
import { sqrt } from "./sqrt.ts";
import { transmission } from "./transmission.ts";
import { zsync } from "./zsync.ts";

export const chunkSize: Family<"chunkSize", ChunkSizeView, ChunkSize, never, undefined> = {
  key: "chunkSize",
  decides: "how files are cut for synchronisation",
  members: [
    ...[sqrt, fixed, zsync, libtorrent, transmission, mktorrent, mirrorbrain],
    ...[mirrorcache, kraken, dragonfly, blended, leastCost],
  ],
  whenAbsent: "required",
  view: record(CHUNK_SIZE_VIEW),
  whatIsWrong({ size }, { chunkSize, reason }) {
    const isSize = isIndex(chunkSize, size + 1) && chunkSize !== 0;
    if (!isSize) return wrongField("chunkSize", `whole bytes in [1, ${size}]`, chunkSize);
    return wrongReason(reason);
  },
};
