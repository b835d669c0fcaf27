import type { JsonSchema } from "../config/field.ts";
import { dimensionOfPattern, quantityText } from "../config/quantity.ts";
import { type AnyRecipe, kindJsonSchema } from "./parse-recipe.ts";

/**
 * A recipe as its file may say it: quantities, which are numbers of base units here, with their units.
 * Times that are no whole milliseconds are rounded to picoseconds.
 */
export function writtenRecipe(recipe: AnyRecipe): Readonly<Record<string, unknown>> {
  return mapping({ ...recipe }, kindJsonSchema(recipe.trace) as Node);
}

interface Node extends JsonSchema {
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

function written(value: unknown, { pattern = "", properties, items }: Node): unknown {
  const dimension = dimensionOfPattern(pattern);
  if (typeof value === "number" && dimension !== undefined) return quantityText(value, dimension);
  if (Array.isArray(value) && items !== undefined) return value.map((item) => written(item, items));
  if (typeof value !== "object" || value === null || properties === undefined) return value;
  return mapping({ ...value }, { properties });
}

function mapping(value: Readonly<Record<string, unknown>>, { properties = {} }: Node) {
  const entries = Object.entries(value).map(([name, part]) => [
    name,
    written(part, properties[name] ?? {}),
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
