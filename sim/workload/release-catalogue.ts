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

/**
 * The extract's files, row by row, and the index files after them.
 *
 * Paths hold the version, or for an index whether it is from before or after the release, since a
 * file of this catalogue never changes.
 */
export interface ReleaseCatalogue extends Catalogue {
  /** What a new machine reads first, before and after the release. */
  readonly indexesToInstall: {
    readonly before: readonly number[];
    readonly after: readonly number[];
  };
  /** What a machine reads first that has the main index already. */
  readonly indexesToUpdate: readonly number[];
}

/** Updates and their indexes are released `at` seconds from the start of the window. */
export function releaseCatalogue(
  extract: Extract,
  indexes: IndexSizes,
  at: number,
): ReleaseCatalogue {
  const before = Number.NEGATIVE_INFINITY;
  const files = [
    ...extract.map((file) => ({
      path: poolPath(file),
      size: file.size,
      content: file.digest,
      release: file.updates === undefined ? before : at,
    })),
    index("dists/bookworm/main/binary-amd64/by-hash/before/Packages.xz", indexes.main, before),
    index("dists/bookworm-security/by-hash/before/InRelease", indexes.signature, before),
    index("dists/bookworm-security/by-hash/before/Packages.xz", indexes.updates, before),
    index("dists/bookworm-security/by-hash/after/InRelease", indexes.signature, at),
    index("dists/bookworm-security/by-hash/after/Packages.xz", indexes.updates, at),
  ];
  const [main, oldSignature, oldUpdates, signature, updates] = [0, 1, 2, 3, 4].map(
    (offset) => extract.length + offset,
  );
  return {
    files: files.length,
    size: Float64Array.from(files, ({ size }) => size),
    digest: interned(files.map(({ content }) => content)),
    release: Float64Array.from(files, ({ release }) => release),
    path: (file) => files[file].path,
    indexesToInstall: {
      before: [main, oldSignature, oldUpdates],
      after: [main, signature, updates],
    },
    indexesToUpdate: [signature, updates],
  };
}

function index(path: string, size: number, release: number) {
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
