import { ratio } from "../policy.ts";
import { due, type EvictionPolicy } from "./eviction.ts";

const params = { share: ratio(0.2, 0, 1, "of the disk that copies may fill") };

/** Deletes the longest unused copies until the others fill no more than their share of the disk. */
export const diskShare: EvictionPolicy<typeof params> = {
  name: "disk-share",
  summary: "delete the least recently used above a share of the disk",
  source: "Microsoft Delivery Optimization: cache size, 20 % of the disk",
  params,
  decide(view, { share }) {
    const { held, disk } = view;
    const oldestFirst = due(view, () => true).sort(
      (a, b) => held[a].usedAt - held[b].usedAt || a - b,
    );
    let over = oldestFirst.reduce((sum, i) => sum + held[i].size, -share * disk);
    const evict = oldestFirst.filter((i) => {
      if (over <= 0) return false;
      over -= held[i].size;
      return true;
    });
    return { evict, reason: "over its share" };
  },
};
