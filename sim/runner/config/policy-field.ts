import { type ParamSpec, type ParamSpecs, paramProblems } from "../../policies/policy.ts";
import type { PolicyChoice, PolicyFamily } from "./experiment.ts";
import {
  type Complain,
  field,
  type JsonSchema,
  jsonRange,
  quantityJson,
  readQuantity,
} from "./field.ts";
import type { Dimension } from "./quantity.ts";

/** A policy as far as an experiment's file is concerned. */
export interface KnownPolicy {
  readonly name: string;
  readonly summary: string;
  readonly params: ParamSpecs;
}

/** The policies that an experiment may choose from. */
export type PolicyRegistry = Readonly<Record<PolicyFamily, readonly KnownPolicy[]>>;

/** One policy or a list of them, each a name or a mapping of one name to its params. */
export function policyChoices(known: readonly KnownPolicy[]) {
  const choice = choiceJson(known);
  return field(
    { anyOf: [...choice, { type: "array", items: { anyOf: choice }, minItems: 1 }] },
    (value, complain): PolicyChoice[] | undefined => {
      if (!Array.isArray(value)) {
        const choice = readChoice(value, known, complain);
        return choice === undefined ? undefined : [choice];
      }
      if (value.length === 0) return complain({ kind: "expected", what: "at least one policy" });
      return readList(value, known, complain);
    },
  );
}

function readList(items: readonly unknown[], known: readonly KnownPolicy[], complain: Complain) {
  const choices: PolicyChoice[] = [];
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const choice = readChoice(item, known, (complaint, ...path) =>
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

function readChoice(
  item: unknown,
  known: readonly KnownPolicy[],
  complain: Complain,
): PolicyChoice | undefined {
  const what = "a policy's name, or a mapping of one name to its params";
  const entries = isMapping(item) ? Object.entries(item) : [];
  if (typeof item !== "string" && entries.length !== 1) {
    return complain({ kind: "expected", what });
  }
  const [name, params, path] =
    typeof item === "string" ? [item, {}, []] : [...entries[0], [entries[0][0]]];
  const policy = known.find((candidate) => candidate.name === name);
  if (policy === undefined) {
    const names = known.map((candidate) => candidate.name);
    return complain({ kind: "unknown", what: "policy", found: name, known: names }, ...path);
  }
  if (!isMapping(params)) return complain({ kind: "expected", what: "a mapping" }, ...path);
  const values = Object.entries(params).flatMap(([param, value]) => {
    const base = readParam(policy, param, value, (complaint) =>
      complain(complaint, ...path, param),
    );
    return base === undefined ? [] : [[param, base] as const];
  });
  return { name, params: Object.fromEntries(values) };
}

function readParam(policy: KnownPolicy, param: string, value: unknown, complain: Complain) {
  const spec = Object.hasOwn(policy.params, param) ? policy.params[param] : undefined;
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

function choiceJson(known: readonly KnownPolicy[]): JsonSchema[] {
  const names = known.map(({ name, summary }) => ({ const: name, description: summary }));
  const withParams = known.map(({ name, summary, params }) => {
    const properties = Object.fromEntries(
      Object.entries(params).map(([param, spec]) => [param, paramJson(spec)]),
    );
    return [
      name,
      { type: "object", description: summary, properties, additionalProperties: false },
    ] as const;
  });
  return [
    ...names,
    {
      type: "object",
      properties: Object.fromEntries(withParams),
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    },
  ];
}

function paramJson(spec: ParamSpec): JsonSchema {
  const dimension = dimensionOf(spec);
  return {
    ...(dimension === undefined
      ? { type: "number", ...jsonRange(spec) }
      : quantityJson(dimension, spec)),
    default: spec.default,
    description: `${spec.summary} In ${spec.unit}.`,
  };
}

function dimensionOf({ unit }: ParamSpec): Dimension | undefined {
  if (unit === "seconds") return "duration";
  return unit === "bytes" ? "size" : undefined;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
