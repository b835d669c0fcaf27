import type { Report } from "../report.ts";

/** How transfers in flight are known: a file of this folder each. */
export const IN_FLIGHT_RULES = ["by-request", "next-request"] as const;
export type InFlightRule = (typeof IN_FLIGHT_RULES)[number];

/** What an announce tells of transfers. */
export type TransferReport = Pick<Report, "started" | "active" | "receipts">;

/** What became of the bytes between two announces of a volunteer, of which both are known. */
export interface Progress {
  /** Bytes uploaded between the two. */
  readonly uploaded: number;
  /** Seconds between them, and host time of the earlier. */
  readonly seconds: number;
  readonly since: number;
}

/**
 * What the server believes of the transfers that it has redirected. It knows when each began and is
 * never told when one ended: rules of different kinds infer that. Customers are named by their places.
 */
export interface InFlight {
  /** A volunteer claims to send so many bytes per second, for the first time or anew. */
  register(volunteer: number, claim: number): void;
  /**
   * The customer asks for a file: what that tells of its earlier transfers. `onPassed` is told of the
   * volunteers whose transfers it has moved on from without a complaint.
   */
  asked(customer: number, file: number, now: number, onPassed: (volunteer: number) => void): void;
  /** The customer was sent to the volunteer. */
  begin(customer: number, file: number, size: number, volunteer: number, now: number): void;
  /** The customer has come back with a complaint about the volunteer's copy of the file. */
  failed(customer: number, file: number, volunteer: number, now: number): void;
  /** The volunteer has announced itself; `progress` is null where the last announce is not known. */
  report(volunteer: number, report: TransferReport, progress: Progress | null, now: number): void;
  /** Brings the estimate up to `now`, before it is read. */
  advance(volunteer: number, now: number): void;
  /** The customer is forgotten now, and its transfers with it. */
  forget(customer: number, now: number): void;
  /** Transfers that the volunteer is believed to be sending, foreign ones included. */
  transfers(volunteer: number): number;
  /** Those of them that the server has not redirected. */
  foreign(volunteer: number): number;
  /** The sum over its transfers of what each has left, counted up to `size` bytes. */
  ahead(volunteer: number, size: number, now: number): number;
  /** Bytes per second that it has shown to send, at most its claim. */
  rate(volunteer: number): number;
  /** Plain data. */
  save(): unknown;
  load(saved: unknown): void;
}
