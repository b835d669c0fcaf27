import type { HandoutPolicy } from "./handout.ts";
import { shuffled } from "./shuffled.ts";

/** Tells of any peers, in random order, which is what trackers do. */
export const randomPeers: HandoutPolicy = {
  name: "random",
  summary: "any peers, in random order",
  source: "BEP 3; chihaya and npm's bittorrent-tracker",
  params: {},
  decide: ({ count, wanted }, _params, random) => ({
    peers: shuffled(count, random).slice(0, wanted),
    reason: "random",
  }),
};
