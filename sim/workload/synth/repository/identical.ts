import type { Stream } from "../../../engine/random.ts";
import { permutation } from "../chance.ts";
import { Growing } from "../growing.ts";
import type { DistributionRecipe } from "../recipe.ts";
import { type Layout, NONE } from "./layout.ts";
import { modelBuild, modelFile } from "./natural-sizes.ts";

/** Bytes from which a class of sizes begins; each class has the same share of identical files. */
const CLASSES = [1e8, 1e7, 1e6, 0] as const;

/**
 * Makes package files of derived distributions identical to those they derive from: the derived
 * distribution took the file over and gave it a name of its own. Others were built again.
 *
 * Files are taken in a random order until `share` of the files of each class of sizes are identical
 * to another, those counted that are so already, or until no more can be. Abstract, section 2: 17 %
 * of large files. It does not say what is large, so the share is the same in every class.
 *
 * `size` and `digest` are changed in place; a digest is the row of the first file with a content.
 */
export function shareContents(
  layout: Layout,
  distributions: readonly DistributionRecipe[],
  { size, digest }: { readonly size: Float64Array; readonly digest: Uint32Array },
  share: number,
  random: Stream,
): void {
  const isShared = new Uint8Array(size.length);
  const room = CLASSES.map(() => 0);
  for (let file = 0; file < size.length; file++) {
    room[classOf(size[file])] += share;
    if (digest[file] === file) continue;
    for (const each of [file, digest[file]]) {
      room[classOf(size[each])] -= 1 - isShared[each];
      isShared[each] = 1;
    }
  }

  const { file, model } = candidates(layout, distributions);
  for (const candidate of permutation(random, file.length)) {
    const [copy, original] = [file[candidate], model[candidate]];
    const sizeClass = classOf(size[original]);
    const gain = 2 - isShared[original];
    if (room[sizeClass] < gain / 2) continue;
    room[sizeClass] -= gain;
    isShared[copy] = 1;
    isShared[original] = 1;
    size[copy] = size[original];
    digest[copy] = digest[original];
  }
}

/** The package files with a model, and their models. */
function candidates(layout: Layout, distributions: readonly DistributionRecipe[]) {
  const file = new Growing(Uint32Array);
  const model = new Growing(Uint32Array);
  for (let build = 0; build < layout.lineOf.length; build++) {
    const there = modelBuild(layout, layout.lineOf[build], build);
    if (there === NONE) continue;
    for (let member = 0; member < layout.packageFiles[build]; member++) {
      const found = modelFile(layout, distributions, { build, member, model: there });
      if (found === NONE) continue;
      file.push(layout.firstFile[build] + member);
      model.push(found);
    }
  }
  return { file: file.toArray(), model: model.toArray() };
}

function classOf(size: number): number {
  return CLASSES.findIndex((from) => size >= from);
}
