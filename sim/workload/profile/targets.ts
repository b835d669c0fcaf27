import type { FittedRecipe } from "../fit/recipe.ts";
import type { Recipe } from "../synth/recipe.ts";
import { accessAtScale } from "../synth/scale.ts";
import type { HoursPerDay } from "./sync.ts";

/** The figures that a recipe calibrates its trace to, under the names that profiles give them. */
export interface Targets {
  readonly files?: number;
  readonly bytes?: number;
  readonly distributions?: number;
  readonly shareUnder1MB?: number;
  readonly largeDuplicateShare?: number;
  readonly isoUploadShare?: number;
  readonly nodes?: number;
  readonly hoursPerDay?: HoursPerDay;
  readonly days: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What the recipe aims at, at its scale. */
export function targetsOf(recipe: Recipe | FittedRecipe): Targets {
  if (recipe.trace === "fitted") return { days: recipe.window / DAY };
  if (recipe.trace === "sync") {
    const { mean, max, min } = recipe.traced;
    return {
      days: recipe.window / DAY,
      nodes: recipe.nodes,
      hoursPerDay: { mean: mean / HOUR, max: max / HOUR, min: min / HOUR },
    };
  }
  const { catalogue, demand, window } = accessAtScale(recipe);
  return {
    days: window / DAY,
    files: catalogue.files,
    bytes: catalogue.bytes,
    distributions: catalogue.distributions.length,
    shareUnder1MB: catalogue.small,
    largeDuplicateShare: catalogue.identical,
    isoUploadShare: demand.imageBytes,
  };
}
