import type { Report } from "../report.ts";

/** How transfers in flight are known: a file of this folder each, those that know most first. */
export const IN_FLIGHT_RULES = [
  "by-request",
  "next-request",
  "redirects",
  "reports",
  "none",
] as const;
export type InFlightRule = (typeof IN_FLIGHT_RULES)[number];

/**
 * What a rule goes by. What it does not go by is hidden from policies too, as if the server had never
 * known it.
 */
export interface Sources {
  /**
   * The totals and rates of announces. Who holds what, and who is there, is known from announces
   * whatever the rule.
   */
  readonly reports: boolean;
  /** Own redirects, as they are made. Without them they count once the next report has been heeded. */
  readonly redirects: boolean;
}

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

/** What one volunteer is believed to be sending. */
export interface UplinkLoad {
  /** Takes those for over that are by now: to be called before the others are read. */
  refresh(now: number): void;
  /** Transfers that it is sending, foreign ones included. */
  readonly transfers: number;
  /** Those of them that the server has not redirected. */
  readonly foreign: number;
  /** Bytes per second that it has shown to send, at most its claim. */
  readonly rate: number;
  /**
   * The sum over its transfers of what each has left at the time `now`, for which it was refreshed,
   * counted up to `size` bytes. Of foreign ones nothing is known but that they share: each counts as
   * `size`, and not at all where that is `Infinity`.
   */
  ahead(size: number, now: number): number;
}

/** Of a volunteer that has not registered. */
export const NO_LOAD: UplinkLoad = {
  transfers: 0,
  foreign: 0,
  rate: 0,
  refresh() {},
  ahead: () => 0,
};

/**
 * What the server believes of the transfers that it has redirected. It knows when each began and is
 * never told when one ended: rules of different kinds infer that. Customers are named by their places.
 */
export interface InFlight {
  readonly sources: Sources;
  /** A volunteer claims to send so many bytes per second, for the first time or anew. */
  register(volunteer: number, claim: number, now: number): void;
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
  /** The customer is forgotten now, and its transfers with it. */
  forget(customer: number, now: number): void;
  /** What is believed of one that is registered: an object that lives as long as this. */
  at(volunteer: number): UplinkLoad;
  /** Plain data. */
  save(): unknown;
  load(saved: unknown): void;
}
