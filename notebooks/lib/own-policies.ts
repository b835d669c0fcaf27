import type { Experiment } from "../../sim/experiment/config/experiment.ts";
import type { OwnPolicies } from "../../sim/experiment/own-policy/load.ts";
import type { DispatchPolicy } from "../../sim/policies/index.ts";

/** An experiment that compares other dispatch policies, and those that come from a notebook. */
export interface WithPolicies {
  readonly experiment: Experiment;
  readonly own: OwnPolicies;
}

/** The experiment with these dispatch policies: names of the library, or objects of one's own. */
export function withDispatch(
  experiment: Experiment,
  chosen: readonly (string | DispatchPolicy)[],
): WithPolicies {
  const dispatch = chosen.map((each) =>
    typeof each === "string"
      ? { name: each, params: {} }
      : { name: each.name, params: {}, own: { [each.name]: each.name } },
  );
  const objects = chosen.filter((each) => typeof each !== "string");
  return {
    experiment: { ...experiment, policies: { ...experiment.policies, dispatch } },
    own: new Map(objects.map((each) => [each.name, each])) as unknown as OwnPolicies,
  };
}
