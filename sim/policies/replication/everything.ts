import type { ReplicationPolicy } from "./replication.ts";

/** Gives every file to every volunteer that has room for it: a complete mirror. */
export const everything: ReplicationPolicy = {
  name: "everything",
  summary: "every volunteer holds every file that fits",
  source: "abstract, on the edge nodes: complete or partial mirrors; baseline",
  params: {},
  decide({ size, volunteers, count }) {
    const copyTo: number[] = [];
    for (let i = 0; i < count; i++) if (volunteers[i].free >= size) copyTo.push(i);
    return { copyTo, reason: "everywhere it fits" };
  },
};
