import type { Stream } from "../../engine/random.ts";
import { normal } from "../synth/chance.ts";
import type { BulkRelease, SizeLaw, UpdateRecipe } from "./recipe.ts";

const DAY = 86_400;

/** A file that appears. Seconds and bytes. */
export interface NewFile {
  readonly at: number;
  readonly size: number;
}

/** All that appears in the window, in order of time: every midnight what is new, and the releases. */
export function newFiles(recipe: UpdateRecipe, random: Stream): NewFile[] {
  const { window, daily, releases } = recipe;
  const files: NewFile[] = [];
  for (let day = 0; daily.bytes > 0 && day * DAY < window; day++) {
    const bytes = daily.bytes * Math.exp(daily.spread * normal(random));
    addFiles(files, { at: day * DAY, bytes, size: null }, recipe, random);
  }
  for (const release of releases) addFiles(files, release, recipe, random);
  return files.sort((a, b) => a.at - b.at);
}

/** Adds files that make up the bytes of a release, or a little more. */
function addFiles(
  files: NewFile[],
  { at, bytes, size }: BulkRelease,
  { sizes, bundle }: Pick<UpdateRecipe, "sizes" | "bundle">,
  random: Stream,
): void {
  let small = 0;
  let sum = 0;
  while (sum < bytes) {
    const drawn = size ?? drawSize(sizes, random);
    sum += drawn;
    const isSmall = size === null && drawn < bundle;
    if (!isSmall) files.push({ at, size: drawn });
    else small += drawn;
    if (small > 0 && (small >= bundle || sum >= bytes)) {
      files.push({ at, size: small });
      small = 0;
    }
  }
}

function drawSize({ median, sigma, largest }: SizeLaw, random: Stream): number {
  return Math.max(1, Math.min(largest, Math.round(median * Math.exp(sigma * normal(random)))));
}
