import { InputError } from "../../engine/input-error.ts";
import { type Experiment, POLICY_FAMILIES, variantsOf } from "../config/experiment.ts";
import { loadPolicy, type OwnPolicy } from "./module.ts";

/** The user's own policies, by the paths of their files. */
export type OwnPolicies = ReadonlyMap<string, OwnPolicy>;

/** The files of all policies of the user's own in the experiment, each once. */
export function ownPaths(experiment: Experiment): string[] {
  const choices = variantsOf(experiment).flatMap(({ policies, successors = [] }) => [
    ...POLICY_FAMILIES.flatMap((family) => policies[family]),
    ...successors,
  ]);
  return [...new Set(choices.flatMap((choice) => Object.values(choice?.own ?? {})))];
}

/**
 * Loads them. Each thread has modules of its own, so each thread that runs the experiment does.
 *
 * @throws InputError when one has changed since the experiment was read, and is a policy no longer.
 */
export async function loadOwnPolicies(experiment: Experiment) {
  const own = new Map<string, OwnPolicy>();
  for (const path of ownPaths(experiment)) {
    const policy = await loadPolicy(path);
    if (typeof policy === "string") throw new InputError([`${path}: ${policy}`]);
    own.set(path, policy);
  }
  return own;
}
