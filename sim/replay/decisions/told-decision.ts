import type { Answer, Exclusion } from "../../coordinator/index.ts";
import type { Candidate } from "../../policies/index.ts";

/** What was believed of a volunteer that the customer could have been sent to, when it asked. */
export interface ToldCandidate {
  readonly volunteer: number;
  readonly name: string;
  readonly belief: Candidate["belief"];
  /** Seconds since its last announce. */
  readonly age: number;
  /** Downloads that it is believed to send, and those of them that others sent there. */
  readonly transfers: number;
  readonly foreign: number;
  /** Bytes that its downloads have left, and those before the file in a share of its uplink. */
  readonly backlog: number;
  readonly ahead: number;
  /** Bytes per second: what it offers, what it has shown, and what it told of the last interval. */
  readonly uplink: number;
  readonly rate: number;
  readonly uploadRate: number;
  readonly syncRate: number;
}

export interface ToldExclusion extends Exclusion {
  readonly name: string;
}

/** A decision, and all that it was made from. */
export interface ToldDecision {
  /** The journal and the line in it. */
  readonly journal: string;
  readonly line: number;
  /** Host time, in seconds. */
  readonly at: number;
  /** The time of day, as ISO 8601 in UTC, where the host has kept when its time began. */
  readonly time: string | null;
  readonly customer: number;
  readonly where: number;
  readonly file: number;
  readonly path: string;
  readonly bytes: number;
  readonly kind: Answer["kind"];
  /** Whom the customer was sent to, or -1 for the server. */
  readonly volunteer: number;
  readonly name: string;
  readonly reason: string;
  /** Seconds; 0 unless the customer was to come back later. */
  readonly retryAfter: number;
  /** What the journal says instead, where the answer came out otherwise; else null. */
  readonly recorded: string | null;
  /**
   * What the server itself could send, in bytes per second, and the files that it was sending; null
   * where no policy was asked.
   */
  readonly server: { readonly uplink: number; readonly sending: number } | null;
  readonly candidates: readonly ToldCandidate[];
  readonly exclusions: readonly ToldExclusion[];
}

export type Believed = Omit<ToldCandidate, "name">;

/** What the policy sees of it, as it is now. */
export function believedOf(candidate: Candidate, now: number): Believed {
  const { node, belief, reportedAt, transfers, foreign, backlog, ahead } = candidate;
  const { uplink, rate, uploadRate, syncRate } = candidate;
  return {
    ...{ volunteer: node, belief, age: now - reportedAt },
    ...{ transfers, foreign, backlog, ahead, uplink, rate, uploadRate, syncRate },
  };
}

/** The volunteers that are neither candidates nor excluded by anything that can be told. */
export function leftOut(
  volunteers: number,
  candidates: readonly Believed[],
  exclusions: readonly Exclusion[],
): Exclusion[] {
  const told = new Set([...candidates, ...exclusions].map(({ volunteer }) => volunteer));
  return Array.from({ length: volunteers }, (_, volunteer) => volunteer)
    .filter((volunteer) => !told.has(volunteer))
    .map((volunteer) => ({ volunteer, reason: "was left out for this request" }));
}
