import type { Extract, PackageFile } from "./extract.ts";
import type { Catalogue } from "./workload.ts";

/** Bytes of the index files that a machine reads before it downloads packages. */
export interface IndexSizes {
  /** `Packages.xz` of the release as first published; an update leaves it alone. */
  readonly main: number;
  /** `Packages.xz` of the updates; every release of updates changes it. */
  readonly updates: number;
  /** The signed `InRelease` of the updates; it changes with them. */
  readonly signature: number;
}

/** Debian 12 on 23 November 2026: `InRelease` of bookworm and bookworm-security, amd64. */
export const debianIndexSizes: IndexSizes = {
  main: 8_790_396,
  updates: 378_100,
  signature: 34_770,
};

/** The extract's files, row by row, the index files after them, and last the images. */
export interface ReleaseCatalogue extends Catalogue, IndexReading {
  readonly images: readonly number[];
}

/** Installation images that a release brings, all of one size in bytes. */
export interface ReleasedImages {
  readonly count: number;
  readonly size: number;
}

const NO_IMAGES: ReleasedImages = { count: 0, size: 0 };

/** Which index files machines read, in that order. */
interface IndexReading {
  /** What a new machine reads first, before and after the release. */
  readonly indexesToInstall: {
    readonly before: readonly number[];
    readonly after: readonly number[];
  };
  /** What a machine reads first that has the main index already. */
  readonly indexesToUpdate: readonly number[];
}

/**
 * How index files are named: by what they hold, so that a release brings new files, or by what they
 * are, so that it changes them in place.
 */
export type IndexNames = "by-hash" | "in-place";

interface File {
  readonly path: string;
  readonly size: number;
  readonly content: string;
  readonly release: number;
}

const ALWAYS = Number.NEGATIVE_INFINITY;

/** Updates are released `at` seconds from the start of the window, and with them indexes and images. */
export function releaseCatalogue(
  extract: Extract,
  indexes: IndexSizes,
  at: number,
  names: IndexNames = "by-hash",
  images: ReleasedImages = NO_IMAGES,
): ReleaseCatalogue {
  const packages = extract.map((file) => ({
    path: poolPath(file),
    size: file.size,
    content: file.digest,
    release: file.updates === undefined ? ALWAYS : at,
  }));
  const added =
    names === "by-hash"
      ? indexesByHash(indexes, at, extract.length)
      : indexesInPlace(indexes, extract.length);
  const ofImages = Array.from({ length: images.count }, (_, image) =>
    named(`images/debian-12-${image + 1}.iso`, images.size, at),
  );
  const files: readonly File[] = [...packages, ...added.files, ...ofImages];
  return {
    files: files.length,
    size: Float64Array.from(files, ({ size }) => size),
    digest: interned(files.map(({ content }) => content)),
    release: Float64Array.from(files, ({ release }) => release),
    path: (file) => files[file].path,
    ...added.reading,
    images: ofImages.map((_, image) => packages.length + added.files.length + image),
  };
}

interface AddedIndexes {
  readonly files: readonly File[];
  readonly reading: IndexReading;
}

/** Paths say whether an index is from before or after the release: files that never change. */
function indexesByHash(indexes: IndexSizes, at: number, firstRow: number): AddedIndexes {
  const files = [
    named("dists/bookworm/main/binary-amd64/by-hash/before/Packages.xz", indexes.main, ALWAYS),
    named("dists/bookworm-security/by-hash/before/InRelease", indexes.signature, ALWAYS),
    named("dists/bookworm-security/by-hash/before/Packages.xz", indexes.updates, ALWAYS),
    named("dists/bookworm-security/by-hash/after/InRelease", indexes.signature, at),
    named("dists/bookworm-security/by-hash/after/Packages.xz", indexes.updates, at),
  ];
  const [main, oldSignature, oldUpdates, signature, updates] = files.map((_, i) => firstRow + i);
  return {
    files,
    reading: {
      indexesToInstall: {
        before: [main, oldSignature, oldUpdates],
        after: [main, signature, updates],
      },
      indexesToUpdate: [signature, updates],
    },
  };
}

/** The names that a Debian mirror has them under, always the same. */
function indexesInPlace(indexes: IndexSizes, firstRow: number): AddedIndexes {
  const updatesFolder = "dists/bookworm-security";
  const files = [
    named("dists/bookworm/main/binary-amd64/Packages.xz", indexes.main, ALWAYS),
    named(`${updatesFolder}/InRelease`, indexes.signature, ALWAYS),
    named(`${updatesFolder}/main/binary-amd64/Packages.xz`, indexes.updates, ALWAYS),
  ];
  const [main, signature, updates] = files.map((_, i) => firstRow + i);
  const all = [main, signature, updates];
  return {
    files,
    reading: {
      indexesToInstall: { before: all, after: all },
      indexesToUpdate: [signature, updates],
    },
  };
}

/** A file whose content nothing else has. */
function named(path: string, size: number, release: number): File {
  return { path, size, content: path, release };
}

/** The name that a Debian pool gives a package file: without the version's epoch. */
function poolPath({ package: name, version, architecture }: PackageFile): string {
  return `pool/main/${name}_${version.slice(version.indexOf(":") + 1)}_${architecture}.deb`;
}

/** Equal names get equal numbers, in order of appearance. */
function interned(names: readonly string[]): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(names, (name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}
