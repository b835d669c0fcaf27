import { createRequire } from "node:module";
import * as z from "zod";
import type { Law } from "../../engine/distributions.ts";
import type { OnOffSpec } from "../../model/on-off.ts";
import {
  type Complain,
  field,
  orElse,
  POSITIVE,
  quantityJson,
  ratio,
  readQuantityIn,
} from "./field.ts";
import type { Dimension } from "./quantity.ts";

/** Ups and downs in turn: sessions of a volunteer, failures of a site. */
export function onOff(description: string) {
  const spec = z.strictObject({
    up: law("duration").describe("How long it is up: a mean in seconds (exponential), or a law."),
    down: law("duration").describe("How long it is down, likewise."),
    diurnal: ratio({ min: 0, max: 0.99 })
      .prefault(0)
      .describe(
        "How much longer times up are that begin at 14:00, and shorter at 02:00, as a ratio; times " +
          "down the reverse.",
      ),
  }) satisfies z.ZodType<OnOffSpec>;
  return orElse(spec, null).describe(description);
}

/** The laws by name, with the fields that each needs. */
const LAWS = {
  constant: ["mean"],
  exponential: ["mean"],
  weibull: ["mean", "shape"],
  gamma: ["mean", "shape"],
  lognormal: ["median", "sigma"],
} as const;
type LawName = keyof typeof LAWS;

const NUMBERS: readonly string[] = ["shape", "sigma"];

/** A quantity, which is the mean of an exponential law, or a mapping of a law's name to its fields. */
export function law(dimension: Dimension) {
  const quantity = quantityJson(dimension, POSITIVE);
  const laws = Object.entries(LAWS).map(([name, fields]) => ({
    type: "object",
    properties: {
      [name]: {
        type: "object",
        properties: Object.fromEntries(
          fields.map((of) => [of, NUMBERS.includes(of) ? { type: "number" } : quantity]),
        ),
        required: fields,
        additionalProperties: false,
      },
    },
    required: [name],
    additionalProperties: false,
  }));
  return field({ anyOf: [quantity, ...laws] }, (value, complain): Law | undefined => {
    if (!isMapping(value)) {
      const mean = readQuantityIn(value, dimension, POSITIVE, complain);
      return mean === undefined ? undefined : { kind: "exponential", mean };
    }
    const [[found, fields] = ["", null], ...others] = Object.entries(value);
    if (others.length > 0 || !isMapping(fields)) {
      return complain({
        kind: "expected",
        what: `a ${dimension}, or a mapping of one law to its fields`,
      });
    }
    const name = (Object.keys(LAWS) as LawName[]).find((known) => known === found);
    if (name === undefined) {
      const known = Object.keys(LAWS);
      return complain({ kind: "unknown", what: "law", found, known }, found);
    }
    const inLaw: Complain = (complaint, ...path) => complain(complaint, name, ...path);
    return readLaw(name, fields, dimension, inLaw);
  });
}

function readLaw(
  name: LawName,
  fields: Readonly<Record<string, unknown>>,
  dimension: Dimension,
  complain: Complain,
): Law | undefined {
  const known: readonly string[] = LAWS[name];
  for (const found of Object.keys(fields)) {
    if (!known.includes(found)) complain({ kind: "unknown", what: "field", found, known }, found);
  }
  const read = (of: string): number | undefined => {
    const inside: Complain = (complaint) => complain(complaint, of);
    const value = fields[of];
    if (!NUMBERS.includes(of)) return readQuantityIn(value, dimension, POSITIVE, inside);
    if (value === undefined) return inside({ kind: "missing" });
    if (typeof value !== "number") return inside({ kind: "expected", what: "a number" });
    if (value > 0 && value <= 100) return value;
    return inside({ kind: "invalid", rule: "not in (0, 100]" });
  };
  const values = known.map(read);
  if (values.includes(undefined)) return undefined;
  const [first, second] = values as number[];
  return lawOf(name, first, second);
}

function lawOf(name: LawName, first: number, second: number): Law {
  switch (name) {
    case "constant":
    case "exponential":
      return { kind: name, mean: first };
    case "weibull":
      return {
        kind: name,
        mean: first,
        shape: second,
        scale: first / gamma(1 + 1 / second),
      };
    case "gamma":
      return { kind: name, mean: first, shape: second, scale: first / second };
    case "lognormal":
      return { kind: name, mean: first * Math.exp(second ** 2 / 2), median: first, sigma: second };
  }
}

/** Loads its package when it is needed: few experiments have such a law. */
function gamma(x: number): number {
  const jstat = createRequire(import.meta.url)("jstat") as typeof import("jstat").default;
  return jstat.gammafn(x);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
