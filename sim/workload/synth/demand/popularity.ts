import type { Stream } from "../../../engine/random.ts";
import { permutation } from "../chance.ts";
import type { PopularityRecipe } from "../recipe.ts";
import type { Repository } from "../repository/catalogue.ts";

/** Bytes above which a package is not among a distribution's most popular ones, and their share. */
const UNPOPULAR = 32e6;
const POPULAR = 0.05;

/**
 * How much each package of the repository is wanted among those of its distribution: a plateau of
 * the base set, which bends into an ever steeper course.
 *
 * Ranks count as shares of the distribution's packages, so the shape is the same at every scale.
 * They are dealt out by chance, except that the largest packages are not popular: where 0.21 % of
 * the apt-p2p source's packages are above 32 MB, 0.14 % of its installed packages are.
 */
export function packageWeights(
  { layout, size }: Repository,
  law: PopularityRecipe,
  random: Stream,
): Float64Array {
  const weights = new Float64Array(layout.title.length);
  for (let first = 0; first < weights.length; ) {
    const distribution = layout.distributionOf[first];
    let end = first;
    while (end < weights.length && layout.distributionOf[end] === distribution) end++;
    const isLarge = (pack: number) => {
      const file = layout.firstFile[layout.firstBuild[layout.firstLine[first + pack]]];
      return size[file] > UNPOPULAR;
    };
    for (const [rank, pack] of ranked(end - first, isLarge, random).entries()) {
      weights[first + pack] = weightOf((rank + 0.5) / (end - first), law);
    }
    first = end;
  }
  return weights;
}

/** The weight of a package by its rank as a share of all, relative to that of the first. */
export function weightOf(rank: number, { flat, exponent }: PopularityRecipe): number {
  return Math.exp(-exponent * Math.log1p(rank / flat));
}

/** Packages in a random order, but with large ones only behind the popular ones. */
function ranked(count: number, isLarge: (pack: number) => boolean, random: Stream): Uint32Array {
  const order = permutation(random, count);
  const popular = Math.ceil(POPULAR * count);
  let next = popular;
  for (let rank = 0; rank < popular; rank++) {
    if (!isLarge(order[rank])) continue;
    while (next < count && isLarge(order[next])) next++;
    if (next === count) return order;
    [order[rank], order[next]] = [order[next], order[rank]];
  }
  return order;
}
