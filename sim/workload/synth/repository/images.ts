import type { Stream } from "../../../engine/random.ts";
import { apportion } from "../apportion.ts";
import { shuffle } from "../chance.ts";
import type { CatalogueRecipe } from "../recipe.ts";
import type { Release } from "./plan.ts";

/**
 * What images are written to, and so how large they are. The capacities are those of the media; the
 * shares are an assumption that lets images hold a quarter of the repository's bytes, as a
 * log-normal law through the abstract's figures says of files above 600 MB (24 %).
 */
export const MEDIA = [
  { name: "cd", share: 0.6, least: 600e6, most: 703e6 },
  { name: "dvd", share: 0.25, least: 3.6e9, most: 4.7e9 },
  { name: "boot", share: 0.15, least: 100e6, most: 300e6 },
] as const;

export interface Image {
  /** Index into the distributions. */
  readonly distribution: number;
  /** Index into the distribution's releases, and into its architectures. */
  readonly release: number;
  readonly architecture: number;
  /** Index into `MEDIA`. */
  readonly medium: number;
  /** Bytes. */
  readonly size: number;
  /** Seconds from the start of the window, or `-Infinity`. */
  readonly time: number;
  /** The image it is identical to, under another name, or null. */
  readonly copyOf: number | null;
}

/**
 * The images of all distributions, those of one distribution together, in equal numbers as far as
 * that is possible; where images are few, distributions with new ones come first.
 */
export function makeImages(
  { images: count, identical, distributions }: CatalogueRecipe,
  plan: readonly Release[],
  random: Stream,
): readonly Image[] {
  const media = shuffle(
    random,
    apportion(
      count,
      MEDIA.map(({ share }) => share),
    ).flatMap((times, medium) => new Array<number>(times).fill(medium)),
  );
  const images: Image[] = [];
  for (const [distribution, own] of imagesEach(count, distributions.length, plan).entries()) {
    const { releases, architectures } = distributions[distribution];
    const news = newImages(own, distribution, plan);
    for (let index = 0; index < own; index++) {
      const medium = media[images.length];
      const { least, most } = MEDIA[medium];
      images.push({
        distribution,
        release: index % releases.length,
        architecture: Math.floor(index / releases.length) % architectures.length,
        medium,
        size: Math.round(least + random() * (most - least)),
        time: news[index] ?? Number.NEGATIVE_INFINITY,
        copyOf: null,
      });
    }
  }
  return withCopies(images, Math.round((identical * count) / 2));
}

function imagesEach(count: number, distributions: number, plan: readonly Release[]): number[] {
  const hasNews = Array.from({ length: distributions }, (_, distribution) =>
    plan.some((release) => release.distribution === distribution && release.images > 0),
  );
  // Equal shares have equal remainders; a hair more lets some come first.
  return apportion(
    count,
    hasNews.map((first) => (first ? 1 + 1e-9 : 1)),
  );
}

/** The times of a distribution's new images, which are its first ones. */
function newImages(own: number, distribution: number, plan: readonly Release[]): readonly number[] {
  return plan
    .filter((release) => release.distribution === distribution && release.images > 0)
    .flatMap(({ images, time }) => {
      const count = Math.max(1, Math.round(images * own));
      return new Array<number>(count).fill(time);
    })
    .slice(0, own);
}

/** Makes some images copies of the one before, evenly spread over those that can be. */
function withCopies(images: readonly Image[], copies: number): readonly Image[] {
  const able = [...images.keys()].filter((index) => {
    const [image, before] = [images[index], images[index - 1]];
    return (
      index % 2 === 1 && image.distribution === before.distribution && image.time === before.time
    );
  });
  const chosen = new Set(
    able.filter(
      (_, place) =>
        Math.floor(((place + 1) * copies) / able.length) >
        Math.floor((place * copies) / able.length),
    ),
  );
  return images.map((image, index) => {
    if (!chosen.has(index)) return image;
    const { size, medium } = images[index - 1];
    return { ...image, size, medium, copyOf: index - 1 };
  });
}
