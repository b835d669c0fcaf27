import { BELIEF, type Belief } from "../dispatch/dispatch.ts";
import type { ParamSpecs, Policy } from "../policy.ts";
import { flag, number, oneOf, type Shape } from "../shape.ts";

/**
 * One volunteer that might be redirected to. The host binds one policy for each volunteer, tells it
 * what becomes known of that volunteer, and asks before each decision of where a request goes.
 */
export interface TrustView {
  /** Seconds on the host's clock. */
  readonly now: number;
  /** What makes the server believe that the volunteer holds the file. */
  readonly belief: Belief;
}

export const TRUST_VIEW: Shape<TrustView> = { now: number, belief: BELIEF };

export interface Trust {
  /** Whether the volunteer is a candidate for the request. */
  readonly serve: boolean;
  /** Whether the host is to fetch the file from the volunteer and compare its digest. */
  readonly audit: boolean;
  readonly reason: string;
}

/**
 * What became known of the volunteer: by an `audit` the host itself compared a digest; a `report` is
 * a customer's, which may err or lie. `passed` is false for wrong bytes; of an audit
 * without an answer nothing is told, since that says nothing of the copies.
 */
export interface TrustEvent {
  readonly kind: "audit" | "report";
  readonly passed: boolean;
  /** Host time, in seconds. */
  readonly at: number;
}

export const TRUST_EVENT: Shape<TrustEvent> = {
  kind: oneOf("audit", "report"),
  passed: flag,
  at: number,
};

export type TrustPolicy<Params extends ParamSpecs = ParamSpecs, Memory = unknown> = Policy<
  TrustView,
  Trust,
  TrustEvent,
  Params,
  Memory
>;

/** Failures in a row, and when the last was. */
export interface Streak {
  readonly failures: number;
  readonly at: number;
}

/** Counts failures in a row among the events of one kind, or of any. */
export function streak(kind?: TrustEvent["kind"]) {
  return {
    init: (): Streak => ({ failures: 0, at: Number.NEGATIVE_INFINITY }),
    observe(last: Streak, event: TrustEvent): Streak {
      if (kind !== undefined && event.kind !== kind) return last;
      return event.passed
        ? { failures: 0, at: last.at }
        : { failures: last.failures + 1, at: event.at };
    },
  };
}
