import {
  type Experiment,
  POLICY_FAMILIES,
  type PolicyChoice,
  type PolicyFamily,
} from "./experiment.ts";

/** One combination of policies, to be run as often as the experiment has replications. */
export interface Cell extends Readonly<Record<PolicyFamily, PolicyChoice>> {
  /** Names what varies between the experiment's cells, and nothing else; unique among them. */
  readonly label: string;
}

/** The product of an experiment's lists of policies; the last family varies fastest. */
export function cells({ policies }: Pick<Experiment, "policies">): Cell[] {
  const varying = POLICY_FAMILIES.filter((family) => policies[family].length > 1);
  const named = varying.length > 0 ? varying : (["dispatch"] as const);
  return policies.dispatch.flatMap((dispatch) =>
    policies.replication.flatMap((replication) =>
      policies.chunkSize.map((chunkSize) => {
        const chosen = { dispatch, replication, chunkSize };
        const names = named.map((family) => choiceLabel(chosen[family], policies[family]));
        return { label: names.join(" + "), ...chosen };
      }),
    ),
  );
}

/** The policy's name, with the params that the experiment sets where the name alone is ambiguous. */
export function choiceLabel(choice: PolicyChoice, among: readonly PolicyChoice[]): string {
  const isAlone = among.filter(({ name }) => name === choice.name).length <= 1;
  if (isAlone) return choice.name;
  const params = Object.entries(choice.params).map(([param, value]) => `${param}=${value}`);
  return `${choice.name}(${params.join(", ") || "defaults"})`;
}
