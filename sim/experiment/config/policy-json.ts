/** The JSON Schema of policies, by which editors complete their names and params. */
import type { ParamSpec, ParamSpecs } from "../../policies/index.ts";
import { type JsonSchema, jsonRange, quantityJson } from "./field.ts";
import { dimensionOf, type KnownPolicy, type Members } from "./policy-name.ts";
import { quantityText } from "./quantity.ts";

/** Ends like a module: what a policy of the user's own is named by. */
const PATH = "(\\.{0,2}/[^+]*|[^+]*\\.[cm]?js)";

/** What the choice of one policy may look like, each alone: for `anyOf`. */
export function choiceJson({ known, before }: Members): JsonSchema[] {
  const names = known.map(({ name, summary }) => ({ const: name, description: summary }));
  const alone = known.map(({ name, summary, params }) => {
    return [name, { description: summary, ...paramsJson(params) }] as const;
  });
  const composed = before === undefined ? [] : [composition(known, before)];
  const composedParams = [...known, ...(before ?? [])].map(({ params }) => params);
  return [
    ...names,
    ...composed.map((pattern) => ({
      ...{ type: "string", pattern, description: "Composed: the first is outermost." },
    })),
    { type: "string", pattern: `^${PATH}$`, description: "Path of a policy of one's own." },
    {
      type: "object",
      properties: Object.fromEntries(alone),
      patternProperties: Object.fromEntries([
        ...composed.map((pattern) => [pattern, paramsJson(Object.assign({}, ...composedParams))]),
        [`${PATH}$`, { type: "object", description: "Params of a policy of one's own." }],
      ]),
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    },
  ];
}

function composition(known: readonly KnownPolicy[], before: readonly KnownPolicy[]): string {
  const oneOf = (policies: readonly KnownPolicy[]) => policies.map(({ name }) => name).join("|");
  return `^((${oneOf(before)})\\+)+(${oneOf(known)})$`;
}

function paramsJson(params: ParamSpecs): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(params).map(([param, spec]) => [param, paramJson(spec)]),
  );
  return { type: "object", properties, additionalProperties: false };
}

function paramJson(spec: ParamSpec): JsonSchema {
  const dimension = dimensionOf(spec);
  return {
    ...(dimension === undefined
      ? { type: "number", ...jsonRange(spec), default: spec.default }
      : { ...quantityJson(dimension, spec), default: quantityText(spec.default, dimension) }),
    description: `${spec.summary} In ${spec.unit}.`,
  };
}
