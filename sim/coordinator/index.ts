/** The production surface: everything here, and nothing else, is exported as "mirrorlab/coordinator". */
export { type ActionKind, Actions } from "./actions.ts";
export { apply } from "./apply.ts";
export { seededChance } from "./chance.ts";
export {
  bindDispatch,
  bindPolicies,
  type ChosenPolicies,
  type ChosenPolicy,
  type OwnMembers,
  withAllDispatchParams,
  withAllParams,
} from "./chosen-policies.ts";
export { NOWHERE, type Whereabouts } from "./clients.ts";
export { Coordinator, type CoordinatorState } from "./coordinator.ts";
export { type AuditResult, type Complaint, type Event, LATER } from "./events.ts";
export { ALL_FILES, type FileSet, NO_FILES } from "./file-set.ts";
export {
  IN_FLIGHT_RULES,
  type InFlight,
  type InFlightRule,
  type Progress,
  type Sources,
  type TransferReport,
  type UplinkLoad,
} from "./in-flight/in-flight.ts";
export { JOURNAL_VERSION, type JournalHead, type JournalHeader } from "./journal/header.ts";
export { type JournalEnding, JournalError, JournalReader } from "./journal/journal-reader.ts";
export { JournalWriter } from "./journal/journal-writer.ts";
export type { JournalRecord, Named } from "./journal/records.ts";
export { Numbering, type SavedNames } from "./numbering/numbering.ts";
export type {
  Chance,
  CoordinatorParts,
  CoordinatorPolicies,
  CoordinatorSettings,
} from "./parts.ts";
export type { Reach } from "./reach.ts";
export type { Answer, Exclusion } from "./redirector.ts";
export type { Receipt, Report } from "./report.ts";
export { snapshotOf, stateOf } from "./snapshot/snapshot.ts";
export type { Audit, BindTrust } from "./standing.ts";
export type { BindSync, SyncLook } from "./sync-timing.ts";
export type { Offer } from "./volunteer.ts";
