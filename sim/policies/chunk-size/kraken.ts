import { type ChunkSizePolicy, cut } from "./chunk-size.ts";

const MIB = 1_048_576;
const GIB = 1_073_741_824;

/** Cuts by the steps that Kraken's manual gives; its shipped base.yaml is `fixed` at 4 MiB. */
export const kraken: ChunkSizePolicy = {
  name: "kraken",
  summary: "1 MiB below 2 GiB, 4 MiB below 4 GiB, else 8 MiB",
  source: "uber/kraken 2a7fbcb, lib/metainfogen/config.go",
  params: {},
  decide({ size }) {
    if (size < 2 * GIB) return cut(size, MIB, "first step");
    return size < 4 * GIB ? cut(size, 4 * MIB, "second step") : cut(size, 8 * MIB, "third step");
  },
};
