import type { Stream } from "../../engine/random.ts";

/** Which peers a tracker tells an asking peer of: at most `wanted` of those it knows. */
export type HandoutPolicy = (known: readonly number[], wanted: number, random: Stream) => number[];

/** A random choice in random order, which is what trackers give. */
export const randomPeers: HandoutPolicy = (known, wanted, random) => {
  const peers = [...known];
  for (let i = peers.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [peers[i], peers[j]] = [peers[j], peers[i]];
  }
  return peers.slice(0, wanted);
};
