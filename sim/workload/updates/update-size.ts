import { streams } from "../../engine/random.ts";
import type { WorkloadSize } from "../workload-size.ts";
import { newFiles } from "./new-files.ts";
import type { UpdateRecipe } from "./recipe.ts";

/** About what `updateWorkload` makes; each file is taken to have an earlier version. */
export function updateSize(recipe: UpdateRecipe): WorkloadSize {
  const files = newFiles(recipe, streams("size of the updates")("new files")).length;
  return { files: 2 * files, customers: 1, requests: 0 };
}
