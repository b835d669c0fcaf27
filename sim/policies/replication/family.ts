import type { Family } from "../family.ts";
import { wrongIndices, wrongReason } from "../rules.ts";
import { record } from "../shape.ts";
import { availabilityTarget } from "./availability-target.ts";
import { demandDriven } from "./demand-driven.ts";
import { everything } from "./everything.ts";
import { newReleases } from "./new-releases.ts";
import { popularityRanked } from "./popularity-ranked.ts";
import { rendezvous } from "./rendezvous.ts";
import {
  REPLICATION_VIEW,
  type Replication,
  type ReplicationPolicy,
  type ReplicationView,
} from "./replication.ts";
import { squareRoot } from "./square-root.ts";
import { subtree } from "./subtree.ts";
import { union } from "./union.ts";

const members: readonly ReplicationPolicy[] = [
  ...[everything, newReleases, subtree, rendezvous, demandDriven, popularityRanked],
  ...[squareRoot, availabilityTarget],
];

export const replication: Family<"replication", ReplicationView, Replication, never, undefined> = {
  key: "replication",
  decides: "which volunteers hold which files",
  members,
  whenAbsent: "required",
  composition: {
    key: "replication",
    first: members,
    composed: (one: ReplicationPolicy, other: ReplicationPolicy) => union(one, other),
  },
  view: record(REPLICATION_VIEW),
  whatIsWrong: ({ count }, { copyTo, reason }) =>
    wrongIndices("copyTo", copyTo, count) ?? wrongReason(reason),
};
