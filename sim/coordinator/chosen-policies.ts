import { bind, type Policies, type Policy, policies, policyNamed } from "../policies/index.ts";
import { paramValues } from "../policies/policy.ts";
import type { CoordinatorPolicies } from "./parts.ts";
import type { BoundDispatch } from "./redirector.ts";

/** A policy by its name, which may be composed, and its params; absent ones have their defaults. */
export interface ChosenPolicy {
  readonly name: string;
  readonly params: Readonly<Record<string, number>>;
}

/** The policies of a coordinator, as plain data. */
export interface ChosenPolicies {
  readonly dispatch: ChosenPolicy;
  readonly replication: ChosenPolicy;
  /** Null to trust all. */
  readonly trust: ChosenPolicy | null;
  /** Null where volunteers keep timetables of their own. */
  readonly sync: ChosenPolicy | null;
}

/** Policies of the host's own, by family, under the names by which they are chosen. */
export interface OwnMembers {
  readonly dispatch?: Policies["dispatch"];
  readonly replication?: Policies["replication"];
  readonly trust?: Policies["trust"];
  readonly sync?: Policies["sync"];
}

/**
 * Binds them, without memory of anything.
 *
 * @throws RangeError that names what is wrong with a name or a param.
 */
export function bindPolicies(chosen: ChosenPolicies, own: OwnMembers = {}): CoordinatorPolicies {
  const { dispatch, replication, trust, sync } = chosen;
  // Even one of which many will be bound is bound now, so that what is wrong is found now.
  if (trust !== null) bound(policies.trust, trust, own.trust);
  if (sync !== null) bound(policies.sync, sync, own.sync);
  return {
    dispatch: bindDispatch(dispatch, own),
    replication: bound(policies.replication, replication, own.replication),
    trust: trust === null ? null : () => bound(policies.trust, trust, own.trust),
    sync: sync === null ? null : () => bound(policies.sync, sync, own.sync),
  };
}

/**
 * The dispatch policy alone, as it is to take over from another.
 *
 * @throws RangeError that names what is wrong with its name or a param.
 */
export function bindDispatch(chosen: ChosenPolicy, own: OwnMembers = {}): BoundDispatch {
  return bound(policies.dispatch, chosen, own.dispatch);
}

function bound<View, Decision, Event>(
  family: readonly Policy<View, Decision, Event>[],
  { name, params }: ChosenPolicy,
  own: readonly Policy<View, Decision, Event>[] = [],
) {
  return bind(policyNamed(family, name, own), params);
}

/**
 * The same with all params, as a journal is to hold them: a default that changes later changes no
 * replay.
 */
export function withAllParams(chosen: ChosenPolicies, own: OwnMembers = {}): ChosenPolicies {
  const { dispatch, replication, trust, sync } = chosen;
  return {
    dispatch: withAllDispatchParams(dispatch, own),
    replication: filled(policies.replication, replication, own.replication),
    trust: trust === null ? null : filled(policies.trust, trust, own.trust),
    sync: sync === null ? null : filled(policies.sync, sync, own.sync),
  };
}

/** The same of the dispatch policy alone. */
export function withAllDispatchParams(chosen: ChosenPolicy, own: OwnMembers = {}): ChosenPolicy {
  return filled(policies.dispatch, chosen, own.dispatch);
}

function filled<View, Decision, Event>(
  family: readonly Policy<View, Decision, Event>[],
  { name, params }: ChosenPolicy,
  own: readonly Policy<View, Decision, Event>[] = [],
): ChosenPolicy {
  return { name, params: paramValues(policyNamed(family, name, own), params) };
}
