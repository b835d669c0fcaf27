import {
  type Experiment,
  HOST,
  POLICY_FAMILIES,
  type PolicyChoice,
  type PolicyFamily,
  variantsOf,
} from "../../experiment/config/experiment.ts";
import { familyOf, type ParamSpec, type ParamSpecs, policyNamed } from "../../policies/index.ts";
import { formatDuration, formatSetting } from "../../report/format.ts";
import type { SetupTable } from "../../report/setup-data.ts";

/** Families that decide within swarms alone. */
const OF_SWARMS: readonly PolicyFamily[] = ["handout", "pieces", "choking"];

/** Every policy of an experiment with all its params, those that the experiment sets first. */
export function policyTable(experiment: Experiment): SetupTable {
  const variants = variantsOf(experiment);
  const hasSwarm = variants.some(({ system }) =>
    system.synchronisation.method.some((method) => method.startsWith("swarm")),
  );
  const rows = POLICY_FAMILIES.flatMap((family) => {
    const all = variants.flatMap(({ policies, successors = [] }) => [
      ...policies[family],
      ...(family === "dispatch" ? successors.filter((choice) => choice !== null) : []),
    ]);
    const distinct = [...new Map(all.map((choice) => [JSON.stringify(choice), choice])).values()];
    return distinct.flatMap((choice) => {
      const isIdle = choice.name === HOST && OF_SWARMS.includes(family) && !hasSwarm;
      return isIdle ? [] : [rowOf(family, choice)];
    });
  });
  return {
    title: "Policies and their params",
    columns: ["policy", "decides", "how", "params"],
    rows,
    isFolded: true,
  };
}

function rowOf(key: PolicyFamily, { name, params, own }: PolicyChoice): string[] {
  const { decides, whenAbsent } = familyOf(key);
  if (name === HOST && typeof whenAbsent !== "string" && "host" in whenAbsent) {
    return ["none", decides, whenAbsent.host, ""];
  }
  const { summary, params: known } = own === undefined ? policyOf(key, name) : UNKNOWN;
  const set = Object.entries(params).map(([param, value]) => {
    return `${paramText(param, value, known[param]?.unit)} (set)`;
  });
  const left = Object.entries(known).filter(([param]) => !Object.hasOwn(params, param));
  const defaults = left.map(([param, spec]) => paramText(param, spec.default, spec.unit));
  // The params of a module of the reader's own are known where it is loaded, and not here.
  const others = own === undefined ? defaults : ["others by default of its module"];
  return [name, decides, summary, [...set, ...others].join(", ")];
}

interface KnownPolicy {
  readonly summary: string;
  readonly params: ParamSpecs;
}

const UNKNOWN: KnownPolicy = { summary: "", params: {} };

/** Nothing of a policy that a later version has no more: of stored runs too a report is made anew. */
function policyOf(key: PolicyFamily, name: string): KnownPolicy {
  try {
    const members: readonly (KnownPolicy & { readonly name: string })[] = familyOf(key).members;
    return policyNamed(members, name);
  } catch {
    return UNKNOWN;
  }
}

function paramText(name: string, value: number, unit: ParamSpec["unit"] = "ratio"): string {
  const text = unit === "seconds" ? formatDuration(value) : formatSetting(value, unit);
  return `${name} ${text}`;
}
