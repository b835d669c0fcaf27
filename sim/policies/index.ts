/** The production surface: everything here, and nothing else, is exported as "mirrorlab/policies". */
import { blended } from "./chunk-size/blended.ts";
import type { ChunkSizePolicy } from "./chunk-size/chunk-size.ts";
import { dragonfly as dragonflyPiece } from "./chunk-size/dragonfly.ts";
import { fixed } from "./chunk-size/fixed.ts";
import { kraken } from "./chunk-size/kraken.ts";
import { leastCost } from "./chunk-size/least-cost.ts";
import { libtorrent } from "./chunk-size/libtorrent.ts";
import { mirrorbrain as mirrorbrainPiece } from "./chunk-size/mirrorbrain.ts";
import { mirrorcache as mirrorcacheBlock } from "./chunk-size/mirrorcache.ts";
import { mktorrent } from "./chunk-size/mktorrent.ts";
import { sqrt } from "./chunk-size/sqrt.ts";
import { transmission } from "./chunk-size/transmission.ts";
import { zsync } from "./chunk-size/zsync.ts";
import type { DispatchPolicy } from "./dispatch/dispatch.ts";
import { boundedLoad } from "./dispatch/policies/bounded-load.ts";
import { debianRedirector } from "./dispatch/policies/debian-redirector.ts";
import { dragonfly } from "./dispatch/policies/dragonfly.ts";
import { idleBandwidth } from "./dispatch/policies/idle-bandwidth.ts";
import { joinIdleQueue } from "./dispatch/policies/join-idle-queue.ts";
import { leastLoaded } from "./dispatch/policies/least-loaded.ts";
import { leastRequest } from "./dispatch/policies/least-request.ts";
import { mirrorbits } from "./dispatch/policies/mirrorbits.ts";
import { mirrorbrain } from "./dispatch/policies/mirrorbrain.ts";
import { mirrorcache } from "./dispatch/policies/mirrorcache.ts";
import { mirrormanager } from "./dispatch/policies/mirrormanager.ts";
import { originOnly } from "./dispatch/policies/origin-only.ts";
import { powerOfD } from "./dispatch/policies/power-of-d.ts";
import { prequal } from "./dispatch/policies/prequal.ts";
import { random } from "./dispatch/policies/random.ts";
import { rendezvous } from "./dispatch/policies/rendezvous.ts";
import { roundRobin } from "./dispatch/policies/round-robin.ts";
import { tiers } from "./dispatch/policies/tiers.ts";
import { trackerInformed } from "./dispatch/policies/tracker-informed.ts";
import { weighted } from "./dispatch/policies/weighted.ts";
import { zoneSpillover } from "./dispatch/policies/zone-spillover.ts";
import { admission } from "./dispatch/wrappers/admission.ts";
import { fresh } from "./dispatch/wrappers/fresh.ts";
import { outlierEjection } from "./dispatch/wrappers/outlier-ejection.ts";
import { slowStart } from "./dispatch/wrappers/slow-start.ts";
import { smallAtServer } from "./dispatch/wrappers/small-at-server.ts";
import { sticky } from "./dispatch/wrappers/sticky.ts";
import { type DispatchWrapper, wrap } from "./dispatch/wrappers/wrapper.ts";
import { age } from "./eviction/age.ts";
import { diskShare } from "./eviction/disk-share.ts";
import type { EvictionPolicy } from "./eviction/eviction.ts";
import { idleTime } from "./eviction/idle-time.ts";
import { nothing } from "./eviction/nothing.ts";
import { availabilityTarget } from "./replication/availability-target.ts";
import { demandDriven } from "./replication/demand-driven.ts";
import { everything } from "./replication/everything.ts";
import { newReleases } from "./replication/new-releases.ts";
import { popularityRanked } from "./replication/popularity-ranked.ts";
import { rendezvous as rendezvousCopies } from "./replication/rendezvous.ts";
import type { ReplicationPolicy } from "./replication/replication.ts";
import { squareRoot } from "./replication/square-root.ts";
import { subtree } from "./replication/subtree.ts";
import { union } from "./replication/union.ts";
import type { ChokingPolicy } from "./swarm/choking.ts";
import { completeness } from "./swarm/completeness.ts";
import type { HandoutPolicy } from "./swarm/handout.ts";
import { locality } from "./swarm/locality.ts";
import { noChoking } from "./swarm/no-choking.ts";
import type { PiecePolicy } from "./swarm/pieces.ts";
import { randomPeers } from "./swarm/random-peers.ts";
import { randomPiece } from "./swarm/random-piece.ts";
import { rarestFirst } from "./swarm/rarest-first.ts";
import { sequential } from "./swarm/sequential.ts";
import { titForTat } from "./swarm/tit-for-tat.ts";
import { ageDriven } from "./sync/age-driven.ts";
import { daily } from "./sync/daily.ts";
import { offPeak } from "./sync/off-peak.ts";
import { pushed } from "./sync/pushed.ts";
import { swarm } from "./sync/swarm.ts";
import type { SyncPolicy } from "./sync/sync.ts";
import { tree } from "./sync/tree.ts";
import { yielding } from "./sync/yielding.ts";
import { clientReports } from "./trust/client-reports.ts";
import { disableAfterFailures } from "./trust/disable-after-failures.ts";
import { noChecks } from "./trust/no-checks.ts";
import { points } from "./trust/points.ts";
import { sampledAudit } from "./trust/sampled-audit.ts";
import type { TrustPolicy } from "./trust/trust.ts";
import { verifiedOnly } from "./trust/verified-only.ts";

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
  type ClientFacts,
  type LatencyFacts,
  PLAIN_VOLUNTEER,
  type Position,
  UNKNOWN_CLIENT,
  type VolunteerFacts,
} from "./dispatch/facts.ts";
export { type DispatchWrapper, type Inner, wrap } from "./dispatch/wrappers/wrapper.ts";
export type { Eviction, EvictionPolicy, EvictionView, Held } from "./eviction/eviction.ts";
export {
  type Bound,
  bind,
  bytes,
  bytesPerSecond,
  count,
  type ParamSpec,
  type ParamSpecs,
  type ParamValues,
  type Policy,
  paramProblems,
  type Random,
  type Reducer,
  ratio,
  seconds,
} from "./policy.ts";
export {
  type DecisionRecord,
  type EventRecord,
  RECORD_VERSION,
  type RecordedPolicy,
  recorded,
  revived,
} from "./record.ts";
export {
  type Demand,
  NO_DEMAND,
  type Placeable,
  type Replication,
  type ReplicationPolicy,
  type ReplicationView,
} from "./replication/replication.ts";
export type { Choking, ChokingPolicy, ChokingView, Wanting } from "./swarm/choking.ts";
export type { Handout, HandoutPolicy, HandoutView, SwarmPeer } from "./swarm/handout.ts";
export { NO_PIECE, type PieceChoice, type PiecePolicy, type PieceView } from "./swarm/pieces.ts";
export { SWARM, type Sync, type SyncPolicy, type SyncView } from "./sync/sync.ts";
export type { Trust, TrustEvent, TrustPolicy, TrustView } from "./trust/trust.ts";

export type Policies = {
  readonly dispatch: readonly DispatchPolicy[];
  readonly wrapper: readonly DispatchWrapper[];
  readonly replication: readonly ReplicationPolicy[];
  readonly eviction: readonly EvictionPolicy[];
  readonly chunkSize: readonly ChunkSizePolicy[];
  readonly sync: readonly SyncPolicy[];
  readonly handout: readonly HandoutPolicy[];
  readonly pieces: readonly PiecePolicy[];
  readonly choking: readonly ChokingPolicy[];
  readonly trust: readonly TrustPolicy[];
};

/**
 * Every policy, by family. To add one, write its file and list it here: the conformance suite, the
 * experiments and `sim policies` all read this table.
 */
export const policies: Policies = {
  dispatch: [
    ...[originOnly, random, roundRobin, leastLoaded, trackerInformed, weighted, powerOfD],
    ...[joinIdleQueue, boundedLoad, rendezvous, tiers, mirrorbits, mirrorbrain, mirrorcache],
    ...[mirrormanager, debianRedirector, leastRequest, dragonfly, prequal, idleBandwidth],
    zoneSpillover,
  ],
  wrapper: [sticky, slowStart, outlierEjection, smallAtServer, fresh, admission],
  replication: [
    ...[everything, newReleases, subtree, rendezvousCopies, demandDriven, popularityRanked],
    ...[squareRoot, availabilityTarget],
  ],
  eviction: [nothing, idleTime, age, diskShare],
  chunkSize: [
    ...[sqrt, fixed, zsync, libtorrent, transmission, mktorrent, mirrorbrainPiece],
    ...[mirrorcacheBlock, kraken, dragonflyPiece, blended, leastCost],
  ],
  sync: [daily, pushed, offPeak, ageDriven, yielding, tree, swarm],
  handout: [randomPeers, completeness, locality],
  pieces: [rarestFirst, sequential, randomPiece],
  choking: [titForTat, noChoking],
  trust: [noChecks, sampledAudit, clientReports, points, verifiedOnly, disableAfterFailures],
};

interface Named {
  readonly name: string;
}

/**
 * The policy of the family with this name, which may be composed: `wrapper+policy` for dispatch,
 * with any number of wrappers, the first outermost; `policy+policy` for replication, where a file
 * goes wherever one of the two puts it. Policies of the caller's `own` count as the family's.
 *
 * @throws RangeError that names the known policies, when a part of `name` is none of them.
 */
export function policyNamed<P extends Named>(
  family: readonly P[],
  name: string,
  own: readonly P[] = [],
): P {
  const plus = name.indexOf("+");
  const [first, rest] = [name.slice(0, plus), name.slice(plus + 1)];
  const all: readonly Named[] = family;
  if (plus >= 0 && all === policies.dispatch) {
    const inner = policyNamed(family, rest, own) as Named as DispatchPolicy;
    return wrap(oneNamed(policies.wrapper, first), inner) as Named as P;
  }
  if (plus >= 0 && all === policies.replication) {
    const one = oneNamed([...family, ...own], first) as Named as ReplicationPolicy;
    const other = policyNamed(family, rest, own) as Named as ReplicationPolicy;
    return union(one, other) as Named as P;
  }
  return oneNamed([...family, ...own], name);
}

function oneNamed<P extends Named>(family: readonly P[], name: string): P {
  const policy = family.find((candidate) => candidate.name === name);
  if (policy !== undefined) return policy;
  const known = family.map((candidate) => candidate.name).join(", ");
  throw new RangeError(`unknown policy: ${name}; known: ${known}`);
}
