import type { ChosenPolicy } from "./chosen-policies.ts";
import type { Whereabouts } from "./clients.ts";
import type { Report } from "./report.ts";
import type { SyncLook } from "./sync-timing.ts";
import type { Offer } from "./volunteer.ts";

/** Why a customer came back without the file. */
export type Complaint =
  /** The volunteer did not answer, or went away in the middle. */
  | "gone"
  /** It answered that it does not have the file. */
  | "missing"
  /** What it sent has not the server's digest, or is not the whole file. */
  | "wrong"
  | "cut-short";

/** What an audit found: the server's digest, another, or no answer. */
export type AuditResult = "passed" | "failed" | "unanswered";

/**
 * Everything that a coordinator is told, as plain data: what its journal holds. `at` is host time in
 * seconds and never goes back; files, volunteers, customers and whereabouts are numbers.
 */
export type Event =
  | { kind: "file-added"; at: number; file: number; size: number; released: number; path: string }
  | { kind: "file-changed"; at: number; file: number; size: number }
  | { kind: "file-removed"; at: number; file: number }
  | { kind: "registered"; at: number; volunteer: number; offer: Offer }
  | { kind: "announced"; at: number; volunteer: number; report: Report }
  | { kind: "left"; at: number; volunteer: number }
  | { kind: "located"; at: number; where: number; facts: Whereabouts }
  | {
      kind: "asked";
      at: number;
      customer: number;
      file: number;
      bytes: number;
      where: number;
      /** What was answered: a volunteer, `SERVER`, or `LATER`; a replay must come to the same. */
      answer: number;
    }
  | {
      kind: "complained";
      at: number;
      customer: number;
      file: number;
      volunteer: number;
      how: Complaint;
      bytes: number;
    }
  | { kind: "delivery-began"; at: number }
  | { kind: "delivery-ended"; at: number }
  | { kind: "audited"; at: number; volunteer: number; file: number; result: AuditResult }
  | { kind: "doubted"; at: number; volunteer: number; file: number }
  | { kind: "probed"; at: number; volunteer: number; seconds: number | null }
  | {
      kind: "sync-asked";
      at: number;
      volunteer: number;
      look: SyncLook;
      notBefore: number;
    }
  | { kind: "sync-paced"; at: number; volunteer: number; look: SyncLook }
  | { kind: "sync-began"; at: number; volunteer: number }
  | { kind: "ticked"; at: number }
  | { kind: "uplink-changed"; at: number; uplink: number }
  /** `policy` with all its params, as a journal's head has them. */
  | { kind: "dispatch-changed"; at: number; policy: ChosenPolicy };

/** `answer` of a customer that is to come back later. */
export const LATER = -3;
