/** The production surface: everything here, and nothing else, is exported as "mirrorlab/policies". */
import { fixed } from "./chunk-size/fixed.ts";
import { sqrt } from "./chunk-size/sqrt.ts";
import { leastLoaded } from "./dispatch/least-loaded.ts";
import { originOnly } from "./dispatch/origin-only.ts";
import { random } from "./dispatch/random.ts";
import { roundRobin } from "./dispatch/round-robin.ts";
import { trackerInformed } from "./dispatch/tracker-informed.ts";
import { everything } from "./replication/everything.ts";
import { newReleases } from "./replication/new-releases.ts";

export type { ChunkSize, ChunkSizePolicy, ChunkSizeView } from "./chunk-size/chunk-size.ts";
export {
  type Belief,
  type Candidate,
  type Dispatch,
  type DispatchEvent,
  type DispatchPolicy,
  type DispatchView,
  SERVER,
  type ServerView,
} from "./dispatch/dispatch.ts";
export {
  type Bound,
  bind,
  type ParamSpec,
  type ParamSpecs,
  type ParamValues,
  type Policy,
  paramProblems,
  type Random,
  type Reducer,
} from "./policy.ts";
export type {
  Placeable,
  Replication,
  ReplicationPolicy,
  ReplicationView,
} from "./replication/replication.ts";

/**
 * Every policy, by family. To add one, write its file and list it here: the conformance suite, the
 * experiments and `sim policies` all read this table.
 */
export const policies = {
  dispatch: [originOnly, random, roundRobin, leastLoaded, trackerInformed],
  replication: [everything, newReleases],
  chunkSize: [sqrt, fixed],
} as const;

/** @throws RangeError that names the family's policies, when `name` is none of them. */
export function policyNamed<P extends { readonly name: string }>(
  family: readonly P[],
  name: string,
): P {
  const policy = family.find((candidate) => candidate.name === name);
  if (policy !== undefined) return policy;
  const known = family.map((candidate) => candidate.name).join(", ");
  throw new RangeError(`unknown policy: ${name}; known: ${known}`);
}
