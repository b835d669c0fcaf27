import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { InputError } from "../../engine/input-error.ts";
import { recipeText } from "../../workload/fit/recipe-text.ts";
import { synthFitted } from "../../workload/fit/synth-fitted.ts";
import { summarizeAccess } from "../../workload/profile/summary.ts";
import { profileSync } from "../../workload/profile/sync.ts";
import { targetsOf } from "../../workload/profile/targets.ts";
import { synthesizeAccess } from "../../workload/synth/access.ts";
import { synthesizeSyncs } from "../../workload/synth/sync.ts";
import { writeTrace } from "../../workload/trace/compiled/write.ts";
import type { Trace } from "../../workload/trace/trace.ts";
import type { AnyRecipe, RecipeOverrides } from "./parse-recipe.ts";
import { readRecipe } from "./read-recipe.ts";
import { writtenRecipe } from "./written-recipe.ts";

/** A figure of a trace, with what the recipe wants it to be, or null if it wants nothing. */
export interface Figure {
  readonly name: string;
  readonly target: number | null;
  readonly achieved: number | null;
}

export interface Synthesized {
  readonly title: string;
  /** The compiled trace. */
  readonly trace: string;
  /** The recipe beside it, with every value as it was used. */
  readonly recipe: string;
  /** Requests or synchronisations. */
  readonly rows: number;
  readonly figures: readonly Figure[];
}

/**
 * Makes the trace of the recipe in `file` and writes it to the folder `out`, as `requests.mlt` or
 * `syncs.mlt`, with the recipe as `requests.yaml` or `syncs.yaml` beside it.
 *
 * @throws InputError with everything that is wrong with the recipe.
 */
export function synthesize(
  file: string,
  { out, overrides = {} }: { readonly out: string; readonly overrides?: RecipeOverrides },
): Synthesized {
  const recipe = readRecipe(file, overrides);
  const trace = traceOf(recipe, file);
  const name = trace.kind === "access" ? "requests" : "syncs";
  const paths = { trace: join(out, `${name}.mlt`), recipe: join(out, `${name}.yaml`) };
  try {
    mkdirSync(out, { recursive: true });
    writeTrace(paths.trace, trace);
    writeFileSync(paths.recipe, resolvedText(recipe));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError([`${out}: expected a folder that can be written to; got ${code}`]);
  }
  return {
    title: recipe.title,
    ...paths,
    rows: trace.kind === "access" ? trace.requests.requests : trace.syncs,
    figures: figuresOf(recipe, trace),
  };
}

function traceOf(recipe: AnyRecipe, file: string): Trace {
  try {
    switch (recipe.trace) {
      case "access":
        return synthesizeAccess(recipe);
      case "sync":
        return synthesizeSyncs(recipe);
      case "fitted":
        return synthFitted(recipe);
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.problems.map((problem) => `${file}: ${problem}`));
  }
}

/** The recipe as text that can be read again. What is null there is absent here. */
function resolvedText(recipe: AnyRecipe): string {
  const written = writtenRecipe(recipe);
  if (recipe.trace === "fitted") return recipeText(written);
  return stringify(JSON.parse(JSON.stringify(written, (_, value) => value ?? undefined)));
}

function figuresOf(recipe: AnyRecipe, trace: Trace): readonly Figure[] {
  const { hoursPerDay, ...targets } = targetsOf(recipe);
  if (trace.kind === "sync") {
    const { nodes, days, hoursPerDay: achieved } = profileSync(trace);
    return [
      figure("nodes", targets.nodes, nodes),
      figure("days", targets.days, days),
      figure("hoursPerDay.mean", hoursPerDay?.mean, achieved?.mean),
      figure("hoursPerDay.max", hoursPerDay?.max, achieved?.max),
      figure("hoursPerDay.min", hoursPerDay?.min, achieved?.min),
    ];
  }
  const profile = summarizeAccess(trace);
  const names = [
    "files",
    "bytes",
    "distributions",
    "shareUnder1MB",
    "largeDuplicateShare",
    "isoUploadShare",
    "days",
  ] as const;
  return [
    ...names.map((name) => figure(name, targets[name], profile[name])),
    figure("requests", null, profile.requests),
    figure("uploadBytes", null, profile.uploadBytes),
    figure("updateRequestShare", null, profile.updateRequestShare),
    figure("releases", null, profile.releases),
    figure("flashCrowds", null, profile.flashCrowds.length),
  ];
}

function figure(
  name: string,
  target: number | null | undefined,
  achieved: number | null | undefined,
): Figure {
  return { name, target: target ?? null, achieved: achieved ?? null };
}
