import type { AccessRecipe, SyncRecipe } from "./recipe.ts";

/**
 * The recipe at its scale, with every count that grows with it multiplied, and then at scale 1.
 *
 * Distributions, their suites and the releases stay: a trace at a small scale is a sample of the
 * repository's packages and of its customers, over the same course of events.
 */
export function accessAtScale(recipe: AccessRecipe): AccessRecipe {
  const { scale, catalogue, demand } = recipe;
  return {
    ...recipe,
    scale: 1,
    catalogue: {
      ...catalogue,
      files: Math.round(scale * catalogue.files),
      bytes: scale * catalogue.bytes,
      images: Math.round(scale * catalogue.images),
    },
    demand: { ...demand, customers: Math.max(1, Math.round(scale * demand.customers)) },
  };
}

/** A larger repository over faster links: the hours stay. */
export function syncAtScale(recipe: SyncRecipe): SyncRecipe {
  return { ...recipe, scale: 1, link: recipe.scale * recipe.link };
}
