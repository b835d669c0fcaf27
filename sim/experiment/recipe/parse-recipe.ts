import * as z from "zod";
import { InputError } from "../../engine/input-error.ts";
import type { FittedRecipe } from "../../workload/fit/recipe.ts";
import type { Recipe } from "../../workload/synth/recipe.ts";
import { oneOf } from "../config/field.ts";
import { type Issues, reportIssues } from "../config/report-issues.ts";
import { YamlSource } from "../config/yaml-source.ts";
import { accessSchema } from "./access-schema.ts";
import { fittedSchema } from "./fitted-schema.ts";
import { syncSchema } from "./sync-schema.ts";

/** Values from the command line that replace those of a recipe's file. */
export interface RecipeOverrides {
  readonly seed?: number | undefined;
  readonly scale?: number | undefined;
}

/** A recipe of any kind: calibrated to figures, or fitted to a trace. */
export type AnyRecipe = Recipe | FittedRecipe;

/** The format of each kind of recipe, by what its field `trace` says. */
const SCHEMAS: Readonly<Record<AnyRecipe["trace"], z.ZodType<AnyRecipe>>> = {
  access: accessSchema,
  sync: syncSchema,
  fitted: fittedSchema,
};
const KINDS = Object.keys(SCHEMAS) as readonly AnyRecipe["trace"][];

/** What is asked of a recipe before it is known which kind it is. */
const anyKind = z.looseObject({
  trace: oneOf("trace", KINDS).describe("What the recipe makes a trace of."),
});

/**
 * Reads the text of a recipe; `file` names it in problems.
 *
 * @throws InputError with everything that is wrong, each with its line and column.
 */
export function parseRecipe(
  text: string,
  file: string,
  overrides: RecipeOverrides = {},
): AnyRecipe {
  const source = new YamlSource(text);
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  const document = isMapping(source.value)
    ? { ...source.value, ...Object.fromEntries(given) }
    : source.value;
  const kind = isMapping(document) ? document["trace"] : undefined;
  const known = KINDS.find((candidate) => candidate === kind);
  const schema = known === undefined ? anyKind : SCHEMAS[known];
  const mistaken = (issues: Issues) => {
    const overridden = given.map(([name]) => ({ flag: `--${name}`, path: [name] }));
    const json = z.toJSONSchema(schema, { io: "input" });
    const checked = { file, text, source, document, overridden, schema: { ...json } };
    return new InputError(reportIssues(checked, issues));
  };
  if (document === undefined) throw mistaken([]);
  if (!isMapping(document)) throw new InputError([`${file}: expected a recipe, a mapping`]);

  const result = schema.safeParse(document);
  if (!result.success) throw mistaken(result.error.issues);
  if (source.problems.length > 0) throw mistaken([]);
  return result.data as AnyRecipe;
}

/** The JSON Schema of recipe files, by which editors complete and check them. */
export function recipeJsonSchema() {
  const kinds = KINDS.map(kindJsonSchema);
  return { title: "mirrorlab recipe", anyOf: kinds };
}

/** The JSON Schema of recipes of one kind. */
export function kindJsonSchema(kind: AnyRecipe["trace"]) {
  return z.toJSONSchema(SCHEMAS[kind], { io: "input" });
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
