import type { JsonSchema } from "../field.ts";
import { SETTABLE } from "./setting.ts";

const PATH = `^(${SETTABLE.join("|")})(\\.[^.]+)*$`;

const SHORT_FORM: JsonSchema = {
  type: "object",
  description: "One field, with a level for each of its values.",
  properties: {
    field: {
      type: "string",
      pattern: PATH,
      description:
        "Path of the field; items of lists by number from 0, by name, or * for each. " +
        "Times, sizes and rates with their units, as everywhere.",
      examples: ["system.tracker.interval"],
    },
    values: {
      type: "array",
      items: { type: ["string", "number", "boolean"] },
      minItems: 1,
      description: "Its values; each is a level by that name.",
    },
  },
  required: ["field", "values"],
  additionalProperties: false,
};

const LEVELS: JsonSchema = {
  type: "object",
  description: "Levels by their names.",
  minProperties: 1,
  properties: { field: false, values: false },
  additionalProperties: {
    type: "object",
    description:
      "Values by the paths of their fields, in place of the file's. " +
      "Nothing (~) restores the default; ×2 multiplies what is there, whatever other axes multiply " +
      "it by; no path at all keeps the file's values.",
    propertyNames: { pattern: PATH },
  },
};

/** The JSON Schema of `vary:`, by which editors complete and check it. */
export const VARY_JSON: JsonSchema = {
  type: "object",
  minProperties: 1,
  additionalProperties: { anyOf: [SHORT_FORM, LEVELS] },
};
