import type { Stream } from "../../../engine/random.ts";
import { popularity } from "../../popularity.ts";
import { permutation } from "../chance.ts";
import type { Repository } from "../repository/catalogue.ts";

/**
 * Share of the packages that nearly every machine has. C. Dale, J. Liu, "apt-p2p", INFOCOM 2009:
 * 0.8 % of Debian's packages in 2008.
 */
const BASE = 0.008;

/**
 * How slowly demand falls within the base set: requests of rank r go as r to minus this.
 *
 * Source: the most requested packages of Project Trident's server in September 2018, exponent 0.12
 * to 0.18 (project-trident/trident-core, obsolete/download-stats).
 */
const PLATEAU = 0.15;

/** Bytes above which a package is not among a distribution's most popular ones, and their share. */
const UNPOPULAR = 32e6;
const POPULAR = 0.05;

/**
 * How much each package of the repository is wanted among those of its distribution: a plateau of
 * the base set, and below it the measured, ever steeper course of what machines have installed.
 *
 * Ranks count as shares of the distribution's packages, so the shape is the same at every scale.
 * They are dealt out by chance, except that the largest packages are not popular: where 0.21 % of
 * the apt-p2p source's packages are above 32 MB, 0.14 % of its installed packages are.
 */
export function packageWeights({ layout, size }: Repository, random: Stream): Float64Array {
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
      weights[first + pack] = weightOf((rank + 0.5) / (end - first));
    }
    first = end;
  }
  return weights;
}

/** The weight of a package by its rank as a share of all, relative to that at the base set's end. */
export function weightOf(rank: number): number {
  if (rank < BASE) return Math.exp(-PLATEAU * Math.log(rank / BASE));
  // The curve takes whole ranks' middles: among this many packages any share is nearly one.
  const others = 100_000;
  return popularity(((rank - BASE) / (1 - BASE)) * others - 0.5, others);
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
