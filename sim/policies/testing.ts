/** Chance and views for tests, so that this folder needs nothing from outside, even to be tested. */
import type { Candidate, DispatchEvent, DispatchView } from "./dispatch/dispatch.ts";
import {
  type ClientFacts,
  PLAIN_VOLUNTEER,
  UNKNOWN_CLIENT,
  type VolunteerFacts,
} from "./dispatch/facts.ts";
import { bind, type Policy, type Random } from "./policy.ts";

/** Plays back `draws`, then fails. */
export function replay(draws: readonly number[]): Random {
  const left = [...draws];
  return () => {
    const next = left.shift();
    if (next === undefined) throw new Error(`drew more than ${draws.length} numbers`);
    return next;
  };
}

/** The golden-ratio sequence: covers [0, 1) evenly and never repeats. */
export function evenly(start = 0): Random {
  let at = start;
  return () => {
    at = (at + 0.618_033_988_749_895) % 1;
    return at;
  };
}

/** Uniform numbers from a seed, fast and good enough for tests (Mulberry32, by Tommy Ettinger). */
export function stream(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let h = Math.imul(state ^ (state >>> 15), 1 | state);
    h = (h + Math.imul(h ^ (h >>> 7), 61 | h)) ^ h;
    return ((h ^ (h >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A volunteer that holds the file and has never had anything to do, but for `facts`. */
export function candidate(node: number, facts: Partial<Candidate> = {}): Candidate {
  return {
    node,
    belief: "verified",
    uplink: 1e6,
    reportedAt: 0,
    uploadRate: 0,
    syncRate: 0,
    left: 0,
    uploaded: 0,
    pending: 0,
    redirected: 0,
    given: 0,
    transfers: 0,
    foreign: 0,
    backlog: 0,
    ahead: 0,
    rate: 1e6,
    shared: Number.POSITIVE_INFINITY,
    facts: PLAIN_VOLUNTEER,
    ...facts,
  };
}

/** A customer was sent to the volunteer, but for `facts`. */
export function redirected(node: number, facts: Partial<DispatchEvent> = {}): DispatchEvent {
  return { kind: "redirected", node, customer: 0, file: 0, size: 1e6, at: 0, ...facts };
}

/** An idle holder of whom `facts` are known. */
export function known(node: number, facts: Partial<VolunteerFacts>): Candidate {
  return candidate(node, { facts: { ...PLAIN_VOLUNTEER, ...facts } });
}

/** A customer of whom `facts` are known. */
export function client(facts: Partial<ClientFacts>): ClientFacts {
  return { ...UNKNOWN_CLIENT, ...facts };
}

/** A customer's request at time 0 for a file of 1 MB, but for `facts`. */
export function dispatchView(
  candidates: readonly Candidate[],
  facts: Partial<DispatchView> = {},
): DispatchView {
  const server = { uplink: 1e7, sending: 0 };
  return {
    now: 0,
    file: 0,
    size: 1e6,
    customer: 0,
    client: UNKNOWN_CLIENT,
    server,
    candidates,
    count: candidates.length,
    ...facts,
  };
}

/** The policy with all params at their defaults, then all at their least, then all at their most. */
export function atEveryLimit<View, Decision, Event>(policy: Policy<View, Decision, Event>) {
  return (["default", "min", "max"] as const).map((limit) => {
    const params = Object.entries(policy.params).map(([param, spec]) => [param, spec[limit]]);
    return bind(policy, Object.fromEntries(params));
  });
}

/** `value`, which can no longer be changed at any depth. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
