/**
 * The kinds of fields that an experiment's schema is made of.
 *
 * Each carries its JSON Schema for editors and a reader that turns what YAML gave into the resolved
 * value. A reader complains in `Complaint`s, so all fields speak alike. No field is a zod union:
 * a union hides what is wrong inside its branches.
 */
import * as z from "zod";
import type { Complaint } from "./complaint.ts";
import {
  baseUnit,
  type Dimension,
  exampleOf,
  parseQuantity,
  quantityPattern,
  unitExpected,
  unitMeantBy,
  unitsBetween,
  unitsOf,
} from "./quantity.ts";

/** A field's JSON Schema, as far as editors use it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Takes a complaint, about the field itself or about what lies at `path` inside it. */
export type Complain = (complaint: Complaint, ...path: (string | number)[]) => undefined;

/** Numbers from `min` to `max`; `min` itself is left out when `above` is set. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly above?: true;
}

const BARE = /^\s*-?\d+(\.\d+)?(e[-+]?\d+)?\s*$/i;

export const NOT_NEGATIVE: Range = { min: 0, max: Number.POSITIVE_INFINITY };
export const POSITIVE: Range = { min: 0, max: Number.POSITIVE_INFINITY, above: true };
export const SHARE: Range = { min: 0, max: 1 };

/** A field read by `read`, which is given anything but a missing value. */
export function field<Value>(
  json: JsonSchema,
  read: (value: unknown, complain: Complain) => Value | undefined,
) {
  return z
    .unknown()
    .meta({ ...json })
    .transform((value, context): Value => {
      const complain: Complain = (complaint, ...path) => {
        context.addIssue({ code: "custom", path, message: complaint.kind, params: { complaint } });
      };
      if (value === undefined) complain({ kind: "missing" });
      else {
        const result = read(value, complain);
        if (result !== undefined) return result;
      }
      return z.NEVER;
    });
}

/** Text that says something. */
export function text() {
  return field({ type: "string", minLength: 1 }, (value, complain) => {
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    return complain({ kind: "expected", what: "text" });
  });
}

export function flag() {
  return field({ type: "boolean" }, (value, complain) => {
    if (typeof value === "boolean") return value;
    return complain({ kind: "expected", what: "true or false" });
  });
}

/** One of a few names; `what` they are is said when another one is found. */
export function oneOf<const Name extends string>(what: string, names: readonly Name[]) {
  return field({ enum: names }, (value, complain) => {
    const name = names.find((candidate) => candidate === value);
    if (name !== undefined) return name;
    if (typeof value === "string") complain({ kind: "unknown", what, found: value, known: names });
    else complain({ kind: "expected", what: `one of ${names.join(", ")}` });
    return undefined;
  });
}

/** One of a few names, or a list of them; read as a list. */
export function oneOrMore<const Name extends string>(what: string, names: readonly Name[]) {
  const json = { enum: names };
  return field(
    { anyOf: [json, { type: "array", items: json, minItems: 1 }] },
    (value, complain): Name[] | undefined => {
      const items: unknown[] = Array.isArray(value) ? value : [value];
      if (items.length === 0) return complain({ kind: "expected", what: `at least one ${what}` });
      const found: Name[] = [];
      for (const [index, item] of items.entries()) {
        const path = Array.isArray(value) ? [index] : [];
        const name = names.find((candidate) => candidate === item);
        if (name !== undefined && !found.includes(name)) found.push(name);
        else if (name !== undefined)
          complain({ kind: "other", text: `duplicate ${what}: ${name}` }, ...path);
        else if (typeof item !== "string") {
          complain({ kind: "expected", what: `one of ${names.join(", ")}` }, ...path);
        } else complain({ kind: "unknown", what, found: item, known: names }, ...path);
      }
      return found;
    },
  );
}

/** A number without unit: a ratio, a share, a weight. */
export function ratio(range: Range) {
  return field({ type: "number", ...jsonRange(range) }, (value, complain) => {
    if (typeof value !== "number") return complain({ kind: "expected", what: "a number" });
    return within(value, range, "", complain);
  });
}

/** A whole number of things. */
export function count(range: Range) {
  return field({ type: "integer", ...jsonRange(range) }, (value, complain) => {
    const isWhole = typeof value === "number" && (Number.isInteger(value) || !isIn(value, range));
    if (!isWhole) return complain({ kind: "expected", what: "a whole number" });
    return within(value, range, "", complain);
  });
}

/** A quantity with its unit; 0 needs none. */
export function quantity(dimension: Dimension, range: Range) {
  return field(quantityJson(dimension, range), (value, complain) =>
    readQuantityIn(value, dimension, range, complain),
  );
}

/** Base units in `value`, which must lie in the range. */
export function readQuantityIn(
  value: unknown,
  dimension: Dimension,
  range: Range,
  complain: Complain,
): number | undefined {
  if (value === undefined) return complain({ kind: "missing" });
  const amount = readQuantity(value, dimension, complain);
  return amount === undefined ? undefined : within(amount, range, baseUnit(dimension), complain);
}

/** Base units in `value`, a text with a unit or 0: another number alone would be read in a wrong one. */
export function readQuantity(
  value: unknown,
  dimension: Dimension,
  complain: Complain,
): number | undefined {
  if (value === 0 || value === "0") return 0;
  if (isBare(value)) return complain({ kind: "invalid", rule: unitExpected(value, dimension) });
  const result = typeof value === "string" ? parseQuantity(value, dimension) : undefined;
  if (result !== undefined && "value" in result) return result.value;
  if (result !== undefined && "unknownUnit" in result) {
    return complain(unknownUnit(result.unknownUnit, dimension));
  }
  return complain({ kind: "expected", what: `a ${dimension} such as ${exampleOf(dimension)}` });
}

/** Whether it is a number without unit, though it may be in quotes. */
export function isBare(value: unknown): value is number | string {
  return typeof value === "number" || (typeof value === "string" && BARE.test(value));
}

/** A unit that the dimension does not have, and what was meant by it. */
export function unknownUnit(found: string, dimension: Dimension): Complaint {
  const known = unitsOf(dimension);
  const complaint = { kind: "unknown", what: "unit", found, known } as const;
  const between = unitsBetween(found, dimension);
  if (between !== undefined) return { ...complaint, ask: `${between}? a byte is 8 bits` };
  const meant = known.find((unit) => unit === unitMeantBy(found));
  return meant === undefined ? complaint : { ...complaint, meant };
}

export function quantityJson(dimension: Dimension, { min, above }: Range): JsonSchema {
  const text = { pattern: quantityPattern(dimension), examples: [exampleOf(dimension)] };
  const takesZero = min === 0 && above !== true;
  if (!takesZero) return { type: "string", ...text };
  return { type: ["number", "string"], minimum: 0, maximum: 0, ...text };
}

/** Makes a field optional: a missing one resolves to `fallback`, which JSON could not express. */
export function orElse<Field extends z.ZodType, const Fallback>(field: Field, fallback: Fallback) {
  return field.optional().transform((value) => value ?? fallback);
}

export function jsonRange({ min, max, above }: Range): JsonSchema {
  return {
    ...(above ? { exclusiveMinimum: min } : { minimum: min }),
    ...(Number.isFinite(max) ? { maximum: max } : {}),
  };
}

function isIn(value: number, { min, max, above }: Range): boolean {
  return (above ? value > min : value >= min) && value <= max && Number.isFinite(value);
}

function within(value: number, range: Range, unit: string, complain: Complain): number | undefined {
  if (isIn(value, range)) return value;
  const from = `${range.above ? "(" : "["}${range.min}`;
  const to = Number.isFinite(range.max) ? `${range.max}]` : "∞)";
  return complain({ kind: "invalid", rule: `not in ${from}, ${to} ${unit}`.trim() });
}
