/** What is typed for a search, read. */
import { InputError } from "../engine/input-error.ts";
import { sentence } from "../experiment/config/complaint.ts";
import {
  POLICY_FAMILIES,
  type PolicyChoice,
  type PolicyFamily,
} from "../experiment/config/experiment.ts";
import { nearest } from "../experiment/config/nearest.ts";
import { membersOf, type PolicyRegistry } from "../experiment/config/policy-field.ts";
import { isPath, policyOfName } from "../experiment/config/policy-name.ts";
import { registryFor } from "../experiment/own-policy/registry.ts";
import { METRICS } from "../metrics/metric.ts";
import { familyOf, type ParamSpecs, policies } from "../policies/index.ts";
import type { Goal } from "./contest.ts";

/**
 * What each of the readers reads.
 *
 * @throws InputError with what is wrong with any of them.
 */
export function readAll<Values extends object>(
  readers: { readonly [Name in keyof Values]: () => Values[Name] },
): Values {
  const problems: string[] = [];
  const entries = Object.entries<() => unknown>(readers).map(([name, read]) => {
    try {
      return [name, read()];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return [name, undefined];
    }
  });
  if (problems.length > 0) throw new InputError(problems);
  return Object.fromEntries(entries) as Values;
}

/** A whole number from `low` to `high`. */
export function wholeIn(flag: string, text: string, low: number, high: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (low <= value && value <= high) return value;
  const name = flag.replace(/^-+/, "");
  throw new InputError([`${flag}: invalid ${name}: ${text}; not in [${low}, ${high}]`]);
}

/** The metric of that name, which must be able to get better. */
export function goalOf(name: string): Goal {
  const known = METRICS.flatMap((metric): Goal[] => {
    const { better, unit } = metric;
    return better === "none" ? [] : [{ name: metric.name, better, unit }];
  });
  const goal = known.find((each) => each.name === name);
  if (goal !== undefined) return goal;
  if (METRICS.some((metric) => metric.name === name)) {
    throw new InputError([`--metric: expected a metric that can get better; got ${name}`]);
  }
  const names = known.map((each) => each.name);
  throw new InputError([
    `--metric: unknown metric: ${name}; known: ${names.join(", ")}${hintOf(nearest(name, names))}`,
  ]);
}

/** A policy that is searched for something, with its defaults. */
export interface Contender {
  readonly choice: PolicyChoice;
  /** Of all its parts. */
  readonly params: ParamSpecs;
}

/** Policies of one family, and all that an experiment may name. */
export interface Contenders {
  readonly family: PolicyFamily;
  readonly registry: PolicyRegistry;
  /** In the order in which they are named. */
  readonly contenders: readonly Contender[];
}

/**
 * The policies that flags name, as the experiment in `file` would name them: composed with `+`, by path
 * from its folder.
 *
 * @param typedFamily the first that knows the first of them where undefined, and dispatch for a path.
 * @throws InputError when a policy or the family is unknown, or a module is none.
 */
export async function contendersIn(
  file: string,
  named: readonly (readonly [flag: string, name: string])[],
  typedFamily: string | undefined,
): Promise<Contenders> {
  const family = familyFor(named[0][1], typedFamily);
  const names = named.map(([, name]) => name);
  const registry = await registryFor(file, [[family, names]]);
  const members = membersOf(familyOf(family), registry);
  const problems: string[] = [];
  const contenders = named.flatMap(([flag, name]): Contender[] => {
    const policy = policyOfName(name, members, (complaint) => {
      const { text, hint } = sentence(complaint, "policy", name);
      problems.push(`${flag}: ${text}${hint === undefined ? "" : `; ${hint}`}`);
      return undefined;
    });
    if (policy === undefined) return [];
    const { params, own } = policy;
    return [{ choice: { name, params: {}, ...(own === undefined ? {} : { own }) }, params }];
  });
  if (problems.length > 0) throw new InputError(problems);
  return { family, registry, contenders };
}

function familyFor(name: string, typed: string | undefined): PolicyFamily {
  const last = name.split("+").at(-1) ?? name;
  if (typed === undefined) {
    const knows = (family: PolicyFamily) => policies[family].some((each) => each.name === last);
    return (isPath(last) ? undefined : POLICY_FAMILIES.find(knows)) ?? "dispatch";
  }
  const family = POLICY_FAMILIES.find((each) => each === typed);
  if (family !== undefined) return family;
  throw new InputError([
    `--family: unknown family: ${typed}; known: ${POLICY_FAMILIES.join(", ")}` +
      hintOf(nearest(typed, POLICY_FAMILIES)),
  ]);
}

function hintOf(meant: string | undefined): string {
  return meant === undefined ? "" : `; did you mean '${meant}'?`;
}
