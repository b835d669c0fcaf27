import { unitHash } from "../hash.ts";
import { ratio } from "../policy.ts";
import { preferred } from "./preferred.ts";
import type { ReplicationPolicy } from "./replication.ts";

const params = {
  coverage: ratio(0.5, 0, 1, "of the repository's parts that a volunteer mirrors"),
};

/** Gives each volunteer whole parts of the repository, such as an architecture or a release. */
export const subtree: ReplicationPolicy<typeof params> = {
  name: "subtree",
  summary: "every volunteer mirrors some parts of the repository, and those whole",
  source: "abstract, partial mirrors; http-redirector; MirrorManager's categories",
  params,
  decide(view, { coverage }) {
    const { subtree = 0, volunteers } = view;
    const copyTo = preferred(view).filter((i) => unitHash(volunteers[i].node, subtree) < coverage);
    return { copyTo, reason: "who mirrors this part" };
  },
};
