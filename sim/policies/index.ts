/** The production surface: everything here, and nothing else, is exported as "mirrorlab/policies". */
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
  FAMILY_KEYS,
  type Families,
  type FamilyKey,
  families,
  familyOf,
  type Policies,
  policies,
  policyNamed,
} from "./families.ts";
export type { AnyFamily, BoundOf, Composition, Family, WhenAbsent } from "./family.ts";
export {
  type BindOptions,
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
  jsonOf,
  RECORD_VERSION,
  type RecallRecord,
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
export type { Rules, Unsure } from "./rules.ts";
export type { Kind, Shape } from "./shape.ts";
export type { Choking, ChokingPolicy, ChokingView, Wanting } from "./swarm/choking.ts";
export type { Handout, HandoutPolicy, HandoutView, SwarmPeer } from "./swarm/handout.ts";
export { NO_PIECE, type PieceChoice, type PiecePolicy, type PieceView } from "./swarm/pieces.ts";
export { SWARM, type Sync, type SyncPolicy, type SyncView } from "./sync/sync.ts";
export type { Trust, TrustEvent, TrustPolicy, TrustView } from "./trust/trust.ts";
