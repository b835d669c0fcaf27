/** The production surface: everything here, and nothing else, is exported as "mirrorlab/coordinator". */
export { type ActionKind, Actions } from "./actions.ts";
export { apply } from "./apply.ts";
export { NOWHERE, type Whereabouts } from "./clients.ts";
export {
  type Chance,
  Coordinator,
  type CoordinatorParts,
  type CoordinatorPolicies,
  type CoordinatorSettings,
  IN_FLIGHT_RULES,
  type InFlightRule,
} from "./coordinator.ts";
export { type AuditResult, type Complaint, type Event, LATER } from "./events.ts";
export { ALL_FILES, type FileSet, NO_FILES } from "./file-set.ts";
export type { Answer, Exclusion } from "./redirector.ts";
export type { Receipt, Report } from "./report.ts";
export type { BindTrust } from "./standing.ts";
export type { BindSync, SyncLook } from "./sync-timing.ts";
export type { Offer } from "./volunteer.ts";
