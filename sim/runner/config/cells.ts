import type { SyncMethod } from "../../model/system.ts";
import {
  type Experiment,
  POLICY_FAMILIES,
  type PolicyChoice,
  type PolicyFamily,
} from "./experiment.ts";

/** One combination of policies and a method of synchronisation, to be run as often as the experiment has replications. */
export interface Cell extends Readonly<Record<PolicyFamily, PolicyChoice>> {
  /** Names what varies between the experiment's cells, and nothing else; unique among them. */
  readonly label: string;
  readonly synchronisation: SyncMethod;
}

/** What of an experiment makes its cells. */
export interface Grid {
  readonly policies: Experiment["policies"];
  readonly system: { readonly synchronisation: Pick<Synchronisation, "method"> };
}
type Synchronisation = Experiment["system"]["synchronisation"];

/** The product of an experiment's lists; the last family of policies varies fastest but for methods. */
export function cells({ policies, system }: Grid): Cell[] {
  const methods = system.synchronisation.method;
  const varying = POLICY_FAMILIES.filter((family) => policies[family].length > 1);
  const isNamed = varying.length > 0 || methods.length > 1;
  const named = isNamed ? varying : (["dispatch"] as const);
  return product(policies, POLICY_FAMILIES).flatMap((chosen) =>
    methods.map((synchronisation) => {
      const names = named.map((family) => choiceLabel(chosen[family], policies[family]));
      if (methods.length > 1) names.push(synchronisation);
      return { label: names.join(" + "), ...chosen, synchronisation };
    }),
  );
}

type Chosen = Readonly<Record<PolicyFamily, PolicyChoice>>;

function product(policies: Grid["policies"], [first, ...rest]: readonly PolicyFamily[]): Chosen[] {
  if (first === undefined) return [{} as Chosen];
  const others = product(policies, rest);
  return policies[first].flatMap((choice) =>
    others.map((chosen) => ({ [first]: choice, ...chosen })),
  );
}

/** The policy's name, with the params that the experiment sets where the name alone is ambiguous. */
export function choiceLabel(choice: PolicyChoice, among: readonly PolicyChoice[]): string {
  const isAlone = among.filter(({ name }) => name === choice.name).length <= 1;
  if (isAlone) return choice.name;
  const params = Object.entries(choice.params).map(([param, value]) => `${param}=${value}`);
  return `${choice.name}(${params.join(", ") || "defaults"})`;
}
