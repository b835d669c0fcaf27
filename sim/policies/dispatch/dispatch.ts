import type { ParamSpecs, Policy } from "../policy.ts";
import { amount, list, number, oneOf, record, type Shape, unbounded, whole } from "../shape.ts";
import { CLIENT_FACTS, type ClientFacts, VOLUNTEER_FACTS, type VolunteerFacts } from "./facts.ts";
import { SERVER } from "./server.ts";

export { SERVER };

/**
 * What the server knows when a customer asks for a file.
 *
 * The host reuses one view and keeps the candidates for as long as it runs, updating their fields
 * in place, so that a decision allocates nothing. A policy must not keep references to them.
 */
export interface DispatchView {
  /** Seconds on the host's clock; only differences mean anything. */
  readonly now: number;
  /** The file asked for, by its number in the host's catalogue. */
  readonly file: number;
  /** Bytes that the customer will download. */
  readonly size: number;
  /** The customer's number; the same customer keeps it. */
  readonly customer: number;
  /** Where the customer is and where it was sent before; `UNKNOWN_CLIENT` where nothing is known. */
  readonly client: ClientFacts;
  /**
   * Volunteers believed to be online and to hold the file, an older one, or a part of it, ordered by
   * `node`. May be empty.
   */
  readonly candidates: readonly Candidate[];
  /** How many of `candidates` count: the host's array may be longer than this decision's list. */
  readonly count: number;
  readonly server: ServerView;
}

/** The repository server itself, of which it knows everything. */
export interface ServerView {
  /** Bytes per second. */
  readonly uplink: number;
  /** Deliveries it is sending now. */
  readonly sending: number;
}

export const SERVER_VIEW: Shape<ServerView> = { uplink: amount, sending: whole() };

/**
 * One volunteer as the server and its tracker see it. Never the truth: the report is old, and the
 * volunteer may have lied.
 *
 * An announce carries only totals (uploaded, downloaded, left; BEP 3), so rates are differences
 * between two announces. The server adds what it knows itself: the bytes it has redirected.
 */
export interface Candidate {
  /** The volunteer's number; stable for as long as the host runs. */
  readonly node: number;
  /** What makes the server believe that the volunteer holds the file. */
  readonly belief: Belief;
  /** Bytes per second that the volunteer has offered for uploading. */
  readonly uplink: number;
  /** Host time of the last announce, in seconds. */
  readonly reportedAt: number;
  /** Bytes per second uploaded between the last two announces. */
  readonly uploadRate: number;
  /** Bytes per second downloaded, that is synchronised, between the last two announces. */
  readonly syncRate: number;
  /** Bytes that the volunteer had still to synchronise at the last announce. */
  readonly left: number;
  /** Total bytes uploaded, by the last announce. */
  readonly uploaded: number;
  /** Bytes redirected to the volunteer before the last announce that it had not uploaded by then. */
  readonly pending: number;
  /** Bytes redirected to the volunteer since the last announce. */
  readonly redirected: number;
  /** Bytes redirected to the volunteer since it registered. */
  readonly given: number;
  /**
   * Downloads that it is believed to be sending now: own redirects that no evidence has ended, and
   * `foreign` ones.
   */
  readonly transfers: number;
  /** Downloads that it sends to others, by its own word: more than the server has redirected. */
  readonly foreign: number;
  /** Bytes that own redirects in flight have still to move, by estimate. */
  readonly backlog: number;
  /**
   * The sum over its transfers of what each has left, counted up to the size asked for: what an
   * uplink that they share sends before it has sent the file, besides the file.
   */
  readonly ahead: number;
  /** Bytes per second that it has shown to send for the server, at most `uplink`. */
  readonly rate: number;
  /**
   * Bytes per second of the line that its deliveries and its synchronisation share; `Infinity` where
   * no such limit is known.
   */
  readonly shared: number;
  /** What else is known of the volunteer; `PLAIN_VOLUNTEER` where nothing is. */
  readonly facts: VolunteerFacts;
}

/**
 * - `verified`: the server has compared the volunteer's copy with its own digest.
 * - `listed`: the volunteer has announced the file.
 * - `stale`: the announce is older than the file's last change.
 * - `partial`: the volunteer is still fetching the file.
 */
export type Belief = "verified" | "listed" | "stale" | "partial";

export const BELIEF = oneOf("verified", "listed", "stale", "partial");

export const CANDIDATE: Shape<Candidate> = {
  node: whole(),
  belief: BELIEF,
  uplink: amount,
  reportedAt: number,
  uploadRate: amount,
  syncRate: amount,
  left: amount,
  uploaded: amount,
  pending: amount,
  redirected: amount,
  given: amount,
  transfers: whole(),
  foreign: whole(),
  backlog: amount,
  ahead: amount,
  rate: amount,
  shared: unbounded,
  facts: record(VOLUNTEER_FACTS),
};

export const DISPATCH_VIEW: Shape<DispatchView> = {
  now: number,
  file: whole(),
  size: amount,
  customer: whole(),
  client: record(CLIENT_FACTS),
  candidates: list(record(CANDIDATE), { count: "count", ascending: "node" }),
  count: whole(),
  server: record(SERVER_VIEW),
};

export interface Dispatch {
  /** Index into `candidates`, or `SERVER` when the server is to deliver itself. */
  readonly to: number;
  /** A short fixed phrase: results are grouped by it. */
  readonly reason: string;
  /**
   * Seconds after which the customer is to ask again, with `to` being `SERVER`: the host answers 503
   * with Retry-After and sends nothing. Absent where the request is served now.
   */
  readonly retryAfter?: number;
}

/**
 * What the host tells a dispatch policy that remembers: whom it sent a customer to. The host may use
 * one object for all events, which a policy must not keep.
 */
export interface DispatchEvent {
  readonly kind: "redirected";
  /** `SERVER` where the server delivers itself. */
  readonly node: number;
  readonly customer: number;
  readonly file: number;
  /** Bytes that the customer will download. */
  readonly size: number;
  /** Host time, in seconds. */
  readonly at: number;
}

export const DISPATCH_EVENT: Shape<DispatchEvent> = {
  kind: oneOf("redirected"),
  node: whole(SERVER),
  customer: whole(),
  file: whole(),
  size: amount,
  at: number,
};

export type DispatchPolicy<Params extends ParamSpecs = ParamSpecs, Memory = unknown> = Policy<
  DispatchView,
  Dispatch,
  DispatchEvent,
  Params,
  Memory
>;
