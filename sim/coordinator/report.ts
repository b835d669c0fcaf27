import type { FileSet } from "./file-set.ts";

/**
 * What a volunteer says of itself: the fields of a BitTorrent announce (BEP 3), as totals in bytes, and
 * what else it can tell. All of it is the volunteer's word.
 */
export interface Report {
  readonly uploaded: number;
  readonly downloaded: number;
  readonly left: number;
  /** Files that it has completed since its last announce. */
  readonly completed: readonly number[];
  /** Files that it has deleted since then. */
  readonly dropped: readonly number[];
  /** True when it has just come back: what it was sent before it left is lost. */
  readonly started: boolean;
  /** All that it holds, in place of what is believed of it; usual with `started`. */
  readonly holds?: FileSet;
  /** Downloads that it is sending now, to whomever. */
  readonly active?: number;
  /** Downloads that have ended since its last announce, in order. */
  readonly receipts?: readonly Receipt[];
}

/** A line of a volunteer's access log. */
export interface Receipt {
  /** Whom it has sent the file to, as the host knows the client that the volunteer saw. */
  readonly customer: number;
  readonly file: number;
  /**
   * Bytes of the file sent: fewer than it has where the client broke off, 0 where the status was an
   * error.
   */
  readonly bytes: number;
  /** Host time of the end, in seconds. */
  readonly endedAt: number;
}
