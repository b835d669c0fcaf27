import { type AnyFamily, type ParamSpec, paramProblems } from "../../policies/index.ts";
import type { PolicyChoice, PolicyFamily } from "./experiment.ts";
import { type Complain, field, readQuantity } from "./field.ts";
import { choiceJson } from "./policy-json.ts";
import { dimensionOf, type KnownPolicy, type Members, policyOfName } from "./policy-name.ts";

/** The policies that an experiment may choose from, and what may go before them, such as `wrapper`. */
export type PolicyRegistry = Readonly<Record<PolicyFamily, readonly KnownPolicy[]>> & {
  readonly [key in string]?: readonly KnownPolicy[];
};

/** What may be named in a family, and composed with it. */
export function membersOf(
  { key, composition }: Pick<AnyFamily<PolicyFamily>, "key" | "composition">,
  registry: PolicyRegistry,
): Members {
  const before = composition === undefined ? undefined : registry[composition.key];
  return { known: registry[key], ...(before === undefined ? {} : { before }) };
}

/** One policy or a list of them, each a name or a mapping of one name to its params. */
export function policyChoices(members: Members) {
  const choice = choiceJson(members);
  return field(
    { anyOf: [...choice, { type: "array", items: { anyOf: choice }, minItems: 1 }] },
    (value, complain): PolicyChoice[] | undefined => {
      if (!Array.isArray(value)) {
        const choice = readChoice(value, members, complain);
        return choice === undefined ? undefined : [choice];
      }
      if (value.length === 0) return complain({ kind: "expected", what: "at least one policy" });
      return readList(value, members, complain);
    },
  );
}

/** One policy: a name, or a mapping of one name to its params. */
export function policyChoice(members: Members) {
  return field({ anyOf: choiceJson(members) }, (value, complain) =>
    readChoice(value, members, complain),
  );
}

function readList(items: readonly unknown[], members: Members, complain: Complain) {
  const choices: PolicyChoice[] = [];
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const choice = readChoice(item, members, (complaint, ...path) =>
      complain(complaint, index, ...path),
    );
    if (choice === undefined) continue;
    const identity = JSON.stringify([choice.name, Object.entries(choice.params).sort()]);
    if (seen.has(identity)) {
      complain({ kind: "other", text: `duplicate policy: ${choice.name}` }, index);
    }
    seen.add(identity);
    choices.push(choice);
  }
  return choices;
}

function readChoice(item: unknown, members: Members, complain: Complain): PolicyChoice | undefined {
  const what = "a policy's name, or a mapping of one name to its params";
  const entries = isMapping(item) ? Object.entries(item) : [];
  if (typeof item !== "string" && entries.length !== 1) {
    return complain({ kind: "expected", what });
  }
  const [name, params, path] =
    typeof item === "string" ? [item, {}, []] : [...entries[0], [entries[0][0]]];
  const policy = policyOfName(name, members, (complaint) => complain(complaint, ...path));
  if (policy === undefined) return undefined;
  if (!isMapping(params)) return complain({ kind: "expected", what: "a mapping" }, ...path);
  const values = Object.entries(params).map(([param, value]) => {
    const inside: Complain = (complaint) => complain(complaint, ...path, param);
    return [param, readParam(policy, param, value, inside)] as const;
  });
  const known = values.filter((entry): entry is [string, number] => entry[1] !== undefined);
  if (known.length < values.length) return undefined; // Without them two choices could seem equal.
  const { own } = policy;
  return { name, params: Object.fromEntries(known), ...(own === undefined ? {} : { own }) };
}

function readParam(policy: KnownPolicy, param: string, value: unknown, complain: Complain) {
  const spec: ParamSpec | undefined = Object.hasOwn(policy.params, param)
    ? policy.params[param]
    : undefined;
  const dimension = spec && dimensionOf(spec);
  const base = dimension === undefined ? value : readQuantity(value, dimension, complain);
  if (base === undefined) return undefined;
  const [problem] = paramProblems(policy, { [param]: base });
  if (problem !== undefined) {
    if (spec !== undefined) return complain({ kind: "other", text: problem });
    const known = Object.keys(policy.params);
    return complain({ kind: "other", text: problem, found: param, known });
  }
  return base as number;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
