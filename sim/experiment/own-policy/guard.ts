import { InputError } from "../../engine/input-error.ts";
import { familyOf } from "../../policies/index.ts";
import type { PolicyFamily } from "../config/experiment.ts";
import type { OwnPolicy } from "./module.ts";

/** A policy of the user's own threw, or decided what cannot be done. */
export class OwnPolicyError extends Error {
  override readonly name = "OwnPolicyError";
}

/** What the user is told of it. */
export function failedAt(now: number, { message }: OwnPolicyError): InputError {
  return new InputError([`${message}; at ${now} s of the simulation`]);
}

/**
 * The policy under the name that the experiment gives it. What it throws becomes an `OwnPolicyError`,
 * and so does a decision that the model could not act on.
 */
export function guarded(name: string, family: PolicyFamily, policy: OwnPolicy): OwnPolicy {
  const { memory } = policy;
  const rules = familyOf(family);
  return {
    ...policy,
    name,
    ...(memory === undefined
      ? {}
      : {
          memory: {
            init: () => tried(name, () => memory.init()),
            observe: (before, event) => tried(name, () => memory.observe(before, event)),
          },
        }),
    decide(view, params, random, remembered) {
      const decision = tried(name, () => policy.decide(view, params, random, remembered));
      const problem = rules.whatIsWrong(view, decision ?? {});
      if (problem !== undefined) throw new OwnPolicyError(`${name}: ${problem}`);
      return decision;
    },
  };
}

function tried<Result>(name: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw new OwnPolicyError(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}
