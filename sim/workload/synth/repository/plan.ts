import { InputError } from "../../../engine/input-error.ts";
import { weekdays } from "../../rhythm.ts";
import type { AccessRecipe } from "../recipe.ts";

const DAY = 86_400;

/** Something new in one distribution: all of it appears at one time. */
export interface Release {
  readonly name: string;
  /** Index into the recipe's distributions. */
  readonly distribution: number;
  /** Seconds from the start of the window. */
  readonly time: number;
  /** Share of the packages of each of the distribution's suites that get a new version. */
  readonly packages: number;
  /** Share of the distribution's images that are new. */
  readonly images: number;
}

/**
 * All releases within the window, by time and then by distribution: each distribution's weekly one,
 * with what has piled up since the one before, and the major ones.
 */
export function releasePlan(recipe: AccessRecipe): readonly Release[] {
  const { distributions } = recipe.catalogue;
  const names = distributions.map(({ name }) => name);
  const major = recipe.releases.major.map(({ distribution, at: time, ...release }): Release => {
    const index = names.indexOf(distribution);
    if (index < 0) {
      throw new InputError([`unknown distribution: ${distribution}; known: ${names.join(", ")}`]);
    }
    return { ...release, distribution: index, time };
  });
  const days = Array.from({ length: Math.ceil(recipe.window / DAY) }, (_, day) => day);
  return [...distributions.keys()]
    .flatMap((distribution) => weeklyReleases(recipe, distribution, days))
    .concat(major)
    .filter(({ time }) => time < recipe.window)
    .sort((a, b) => a.time - b.time || a.distribution - b.distribution);
}

/** The last weekly release of each distribution before the window, in their order. */
export function releasesBefore(recipe: AccessRecipe): readonly Release[] {
  const week = [-7, -6, -5, -4, -3, -2, -1];
  return [...recipe.catalogue.distributions.keys()].flatMap((distribution) =>
    weeklyReleases(recipe, distribution, week),
  );
}

function weeklyReleases(
  recipe: AccessRecipe,
  distribution: number,
  days: readonly number[],
): readonly Release[] {
  const { name, updates } = recipe.catalogue.distributions[distribution];
  return days
    .filter((day) => weekdays[(weekdays.indexOf(recipe.weekday) + day + 7) % 7] === updates)
    .map((day) => ({
      name: `${name} of day ${day + 1}`,
      distribution,
      time: day * DAY + recipe.releases.at,
      packages: 7 * recipe.releases.churn,
      images: 0,
    }));
}
