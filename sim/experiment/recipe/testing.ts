/** The committed recipes, for tests that speak about the traces they make. */
import { fileURLToPath } from "node:url";
import type { AccessRecipe, SyncRecipe } from "../../workload/synth/recipe.ts";
import type { RecipeOverrides } from "./parse-recipe.ts";
import { readRecipe } from "./read-recipe.ts";

export const ACCESS_RECIPE = pathOf("hp-10day.yaml");
export const SYNC_RECIPE = pathOf("hp-35day.yaml");

export function accessRecipe(overrides: RecipeOverrides = {}): AccessRecipe {
  return readRecipe(ACCESS_RECIPE, overrides) as AccessRecipe;
}

export function syncRecipe(overrides: RecipeOverrides = {}): SyncRecipe {
  return readRecipe(SYNC_RECIPE, overrides) as SyncRecipe;
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../../../traces/${name}`, import.meta.url));
}
