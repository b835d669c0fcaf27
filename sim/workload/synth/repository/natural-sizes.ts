import type { Stream } from "../../../engine/random.ts";
import { normal, permutation } from "../chance.ts";
import type { DistributionRecipe } from "../recipe.ts";
import { type Layout, NONE } from "./layout.ts";
import { logPackageSize } from "./package-sizes.ts";
import { UPDATE_KINDS } from "./update-kind.ts";

/** Standard deviations of the logarithm of a size; assumptions. */
const BETWEEN_ARCHITECTURES = 0.1;
const BETWEEN_RELEASES = 0.1;
const BETWEEN_REBUILDS = 0.003;

/** Bytes of what stands beside a package: log-normal, an assumption (a `.dsc` has 1–2 kB). */
const OTHER_MEDIAN = 6000;
const OTHER_SPREAD = 1.5;

/**
 * Sizes in bytes, not yet fitted, of the files of a layout.
 *
 * The packages with titles of their own take one quantile each of the measured distribution, evenly
 * spaced, so that chance does not decide how many large ones there are. A package of a derived
 * distribution is nearly as large as its model; versions, releases and architectures differ little.
 */
export function naturalSizes(
  layout: Layout,
  distributions: readonly DistributionRecipe[],
  random: Stream,
): Float64Array {
  const logs = packageLogs(layout, random);
  const size = new Float64Array(layout.firstFile[layout.firstFile.length - 1]);
  for (let line = 0; line + 1 < layout.firstBuild.length; line++) {
    const pack = layout.packageOf[line];
    const { architectures } = distributions[layout.distributionOf[pack]];
    let log = logs[pack] + BETWEEN_RELEASES * normal(random);
    const offsets = architectures.map(() => BETWEEN_ARCHITECTURES * normal(random));
    for (let build = layout.firstBuild[line + 1] - 1; build >= layout.firstBuild[line]; build--) {
      const first = layout.firstFile[build];
      const model = modelBuild(layout, line, build);
      for (let member = 0; member < layout.packageFiles[build]; member++) {
        const there = modelFile(layout, distributions, { build, member, model });
        size[first + member] =
          there === NONE
            ? Math.exp(log + offsets[member])
            : size[there] * Math.exp(BETWEEN_REBUILDS * normal(random));
      }
      for (
        let file = first + layout.packageFiles[build];
        file < layout.firstFile[build + 1];
        file++
      ) {
        size[file] = Math.max(
          1,
          Math.round(OTHER_MEDIAN * Math.exp(OTHER_SPREAD * normal(random))),
        );
      }
      log -= UPDATE_KINDS[layout.update[build]].sizeSpread * normal(random);
    }
  }
  return size;
}

/** The same version of a build in the distribution that its own derives from, or `NONE`. */
export function modelBuild(layout: Layout, line: number, build: number): number {
  const pack = layout.packageOf[line];
  const model = layout.model[pack];
  if (model === NONE) return NONE;
  const modelLine = layout.firstLine[model] + line - layout.firstLine[pack];
  if (modelLine >= layout.firstLine[model + 1]) return NONE;
  const there = layout.firstBuild[modelLine] + build - layout.firstBuild[line];
  return there < layout.firstBuild[modelLine + 1] ? there : NONE;
}

/** The package file of a model's build for the same architecture, or `NONE`. */
export function modelFile(
  layout: Layout,
  distributions: readonly DistributionRecipe[],
  { build, member, model }: { build: number; member: number; model: number },
): number {
  if (model === NONE) return NONE;
  const pack = layout.packageOf[layout.lineOf[build]];
  const there = layout.distributionOf[layout.packageOf[layout.lineOf[model]]];
  const name = distributions[layout.distributionOf[pack]].architectures[member];
  const at = layout.isIndependent[pack] ? 0 : distributions[there].architectures.indexOf(name);
  return at >= 0 && at < layout.packageFiles[model] ? layout.firstFile[model] + at : NONE;
}

/** The logarithm of a typical size, by package. */
function packageLogs({ model }: Layout, random: Stream): Float64Array {
  const own = model.reduce((count, at) => count + (at === NONE ? 1 : 0), 0);
  const order = permutation(random, own);
  const logs = new Float64Array(model.length);
  let next = 0;
  for (let pack = 0; pack < model.length; pack++) {
    logs[pack] =
      model[pack] === NONE ? logPackageSize((order[next++] + 0.5) / own) : logs[model[pack]];
  }
  return logs;
}
