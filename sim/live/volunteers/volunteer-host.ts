import type { IncomingMessage } from "node:http";
import type { AuditResult, Offer, Report, SyncLook } from "../../coordinator/index.ts";
import type { VolunteerFacts } from "../../policies/index.ts";
import type { CatalogueView } from "../parts.ts";

/** What the volunteers' desk needs of the server around it. Volunteers and files are numbers. */
export interface VolunteerHost {
  /** Host time in seconds. */
  now(): number;
  /** Where a request comes from, in the usual form; heeds proxies that the operator has named. */
  addressOf(request: IncomingMessage): string;
  /** The number of a volunteer that has registered, now or before a restart; -1 for others. */
  numberOf(name: string): number;
  /** Where it can be reached: absolute addresses with a slash at the end. Kept over restarts. */
  bases(volunteer: number): readonly string[];
  /** The volunteer offers its help, or something else than before. Returns its number. */
  register(name: string, offer: Offer, bases: readonly string[]): number;
  /** Told what it announces; what comes of that is to have been given to `take` on return. */
  announce(volunteer: number, report: Report): void;
  leave(volunteer: number): void;
  /** Calls back when all that was told so far has been written down, or given up. */
  written(then: () => void): void;
  /** The customer that asks from an address with a user agent. */
  customerOf(address: string, agent: string): number;
  /** Whether there is a policy of synchronisation; else nobody is asked for a time. */
  readonly plansSync: boolean;
  planSync(volunteer: number, look: SyncLook, notBefore: number): void;
  /** Bytes per second, `Infinity` for no limit. */
  paceSync(volunteer: number, look: SyncLook): number;
  beganSync(volunteer: number): void;
  /** What came of an audit, and why in words. */
  audited(volunteer: number, file: number, result: AuditResult, why: string): void;
  /** Seconds to the first byte, or null where none came in time. */
  probed(volunteer: number, seconds: number | null): void;
}

/** The repository, and what has become of it. */
export interface ChangingCatalogue extends CatalogueView {
  /**
   * Files that were added or changed after that version, in any order; null where that is not known
   * any more.
   */
  changedSince(version: number): Iterable<number> | null;
}

/** A volunteer as the operator has named it. */
export interface KnownVolunteer {
  readonly name: string;
  /** What only it and the server know. */
  readonly token: string;
  readonly facts?: Partial<VolunteerFacts>;
  /** What its addresses begin with; absent: anything. */
  readonly urls?: readonly string[];
  /** Bytes per second that it is believed at most. */
  readonly uplink?: number;
}

export interface DeskConfig {
  readonly volunteers: readonly KnownVolunteer[];
  /** Where the server can be reached by volunteers, with a slash at the end. */
  readonly base: string;
  /** Seconds between two announces of a volunteer. */
  readonly interval: number;
  readonly limits?: Partial<DeskLimits>;
  readonly audits?: Partial<AuditLimits>;
}

export interface DeskLimits {
  /** Bytes of a body. */
  readonly body: number;
  /** Bodies that are being read at once. */
  readonly bodies: number;
  /** Seconds in which a body is to be there. */
  readonly reading: number;
  /** Requests per second, and how many at once, of a volunteer and of an address. */
  readonly perVolunteer: readonly [rate: number, burst: number];
  readonly perAddress: readonly [rate: number, burst: number];
  /** Commands in an answer. */
  readonly commands: number;
}

export interface AuditLimits {
  /** Seconds to the first byte of an answer, and for an audit in all. */
  readonly firstByte: number;
  readonly total: number;
  /** Audits at once; a volunteer has one. */
  readonly atOnce: number;
  /** Bytes of a file that is compared whole; of a range; and how many ranges are drawn. */
  readonly whole: number;
  readonly range: number;
  readonly drawn: number;
  /** Bytes that are read where a volunteer does not answer in ranges. */
  readonly most: number;
}

export const DESK_LIMITS: DeskLimits = {
  body: 4 << 20,
  bodies: 16,
  reading: 20,
  perVolunteer: [1, 10],
  perAddress: [20, 100],
  commands: 100,
};

export const AUDIT_LIMITS: AuditLimits = {
  ...{ firstByte: 3, total: 30, atOnce: 8 },
  ...{ whole: 16 << 20, range: 1 << 16, drawn: 2, most: 4 << 20 },
};
