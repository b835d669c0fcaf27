import type { SyncMethod } from "../../model/system.ts";
import { levelLabel } from "../level-label.ts";
import {
  type Axis,
  type Experiment,
  POLICY_FAMILIES,
  type PolicyChoice,
  type PolicyFamily,
  type Variant,
} from "./experiment.ts";

/** One combination of levels, policies and a method of synchronisation, to be run as often as the experiment has replications. */
export interface Cell extends Readonly<Record<PolicyFamily, PolicyChoice>> {
  /** Names what varies between the experiment's cells, and nothing else; unique among them. */
  readonly label: string;
  /** The label without levels: what cells of different variants may have in common. */
  readonly policy: string;
  /** Every part's own label: each policy's and the method's. */
  readonly names: Readonly<Record<PolicyFamily | "synchronisation", string>>;
  readonly synchronisation: SyncMethod;
  /** The level of each axis, by its name. */
  readonly levels: Readonly<Record<string, string>>;
  /** Number of the variant that the cell belongs to. */
  readonly variant: number;
}

/** What of an experiment makes its cells. */
export interface Grid extends GridVariant {
  readonly vary?: { readonly axes: readonly Axis[]; readonly variants: readonly GridVariant[] };
}

interface GridVariant {
  readonly levels?: Variant["levels"];
  readonly policies: Experiment["policies"];
  readonly system: { readonly synchronisation: Pick<Synchronisation, "method"> };
}
type Synchronisation = Experiment["system"]["synchronisation"];

/** All policies and methods of any variant. */
type Among = Readonly<Record<PolicyFamily, readonly PolicyChoice[]>> & {
  readonly method: readonly SyncMethod[];
};

/**
 * The product of an experiment's variants and lists: the variants vary slowest, methods fastest, and
 * before them the last family of policies.
 */
export function cells(grid: Grid): Cell[] {
  const variants = grid.vary?.variants ?? [grid];
  const axes = (grid.vary?.axes ?? []).filter(({ levels }) => levels.length > 1);
  const among = amongAll(variants);
  return variants.flatMap(({ levels = {}, policies, system }, variant) => {
    const places = axes.map(({ name }) => levelLabel(name, levels[name]));
    return product(policies, POLICY_FAMILIES).flatMap((chosen) =>
      system.synchronisation.method.map((synchronisation): Cell => {
        const names = namesOf(chosen, synchronisation, among);
        const named = varyingNames(names, among);
        const policy = named.join(" + ") || names.dispatch;
        const label = [...places, ...named].join(" + ") || policy;
        return { label, policy, names, ...chosen, synchronisation, levels, variant };
      }),
    );
  });
}

type Chosen = Readonly<Record<PolicyFamily, PolicyChoice>>;

function product(
  policies: GridVariant["policies"],
  [first, ...rest]: readonly PolicyFamily[],
): Chosen[] {
  if (first === undefined) return [{} as Chosen];
  const others = product(policies, rest);
  return policies[first].flatMap((choice) =>
    others.map((chosen) => ({ [first]: choice, ...chosen })),
  );
}

function amongAll(variants: readonly GridVariant[]): Among {
  return {
    ...byFamily((family) => distinct(variants.flatMap(({ policies }) => policies[family]))),
    method: distinct(variants.flatMap(({ system }) => system.synchronisation.method)),
  };
}

/** A value for each family of policies. */
export function byFamily<Value>(value: (family: PolicyFamily) => Value) {
  return Object.fromEntries(POLICY_FAMILIES.map((family) => [family, value(family)])) as Record<
    PolicyFamily,
    Value
  >;
}

/** Each value once; variants have equal policies that are not the same object. */
function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function namesOf(chosen: Chosen, synchronisation: SyncMethod, among: Among): Cell["names"] {
  return {
    ...byFamily((family) => choiceLabel(chosen[family], among[family])),
    synchronisation,
  };
}

function varyingNames(names: Cell["names"], among: Among): string[] {
  const families = POLICY_FAMILIES.filter((family) => among[family].length > 1);
  const policies = families.map((family) => names[family]);
  return among.method.length > 1 ? [...policies, names.synchronisation] : policies;
}

/** The policy's name, with the params that the experiment sets where the name alone is ambiguous. */
function choiceLabel(choice: PolicyChoice, among: readonly PolicyChoice[]): string {
  const isAlone = among.filter(({ name }) => name === choice.name).length <= 1;
  if (isAlone) return choice.name;
  const params = Object.entries(choice.params).map(([param, value]) => `${param}=${value}`);
  return `${choice.name}(${params.join(", ") || "defaults"})`;
}
