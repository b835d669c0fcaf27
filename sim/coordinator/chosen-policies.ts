import { bind, type Policy, policies, policyNamed } from "../policies/index.ts";
import { paramValues } from "../policies/policy.ts";
import type { CoordinatorPolicies } from "./parts.ts";

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

/**
 * Binds them, without memory of anything.
 *
 * @throws RangeError that names what is wrong with a name or a param.
 */
export function bindPolicies(chosen: ChosenPolicies): CoordinatorPolicies {
  const { dispatch, replication, trust, sync } = chosen;
  return {
    dispatch: bound(policies.dispatch, dispatch),
    replication: bound(policies.replication, replication),
    trust: trust === null ? null : () => bound(policies.trust, trust),
    sync: sync === null ? null : () => bound(policies.sync, sync),
  };
}

function bound<View, Decision, Event>(
  family: readonly Policy<View, Decision, Event>[],
  { name, params }: ChosenPolicy,
) {
  return bind(policyNamed(family, name), params);
}

/** The same with all params, as a journal is to hold them: a default that changes later changes no replay. */
export function withAllParams(chosen: ChosenPolicies): ChosenPolicies {
  const { dispatch, replication, trust, sync } = chosen;
  return {
    dispatch: filled(policies.dispatch, dispatch),
    replication: filled(policies.replication, replication),
    trust: trust === null ? null : filled(policies.trust, trust),
    sync: sync === null ? null : filled(policies.sync, sync),
  };
}

function filled<View, Decision, Event>(
  family: readonly Policy<View, Decision, Event>[],
  { name, params }: ChosenPolicy,
): ChosenPolicy {
  return { name, params: paramValues(policyNamed(family, name), params) };
}
