import type { DetailedCatalogue } from "../trace/trace.ts";
import type { FileTally } from "./file-tally.ts";

/** Files that came into the repository at one moment, of one distribution. */
export interface Release {
  /** Seconds from the start of the window. */
  readonly at: number;
  /** Empty where distributions are unknown. */
  readonly distribution: string;
  readonly files: number;
  readonly bytes: number;
  readonly packages: number;
  /** Requests for its files within the window. */
  readonly requests: number;
}

/** The releases of the window in order of time, with the rows of their files. */
export interface Releases {
  readonly releases: readonly Release[];
  /** The number of each file's release from 1 on, or 0. */
  readonly releaseOf: Uint32Array;
}

export function releasesOf(catalogue: DetailedCatalogue, tally: FileTally): Releases {
  const numbers = new Map<string, number>();
  const releaseOf = new Uint32Array(catalogue.files);
  const found: (Release & { packageSet: Set<number> })[] = [];
  for (const file of releasedFiles(catalogue)) {
    const at = catalogue.release[file];
    const distribution = distributionName(catalogue, file);
    const key = `${at}/${distribution}`;
    const number = numbers.get(key) ?? found.length;
    if (number === found.length) {
      numbers.set(key, number);
      const none = { files: 0, bytes: 0, packages: 0, requests: 0, packageSet: new Set<number>() };
      found.push({ at, distribution, ...none });
    }
    const { packageSet, ...before } = found[number];
    if (catalogue.packageOf.length > 0) packageSet.add(catalogue.packageOf[file]);
    found[number] = {
      ...before,
      files: before.files + 1,
      bytes: before.bytes + catalogue.size[file],
      packages: packageSet.size,
      requests: before.requests + tally.requests[file],
      packageSet,
    };
    releaseOf[file] = number + 1;
  }
  return { releases: found.map(({ packageSet: _, ...release }) => release), releaseOf };
}

/** The files released after the start of the window, by time, then by row. */
function releasedFiles({ files, release }: DetailedCatalogue): readonly number[] {
  const rows: number[] = [];
  for (let file = 0; file < files; file++) if (release[file] > 0) rows.push(file);
  return rows.sort((a, b) => release[a] - release[b] || a - b);
}

function distributionName({ distributionOf, distributions }: DetailedCatalogue, file: number) {
  return distributionOf.length === 0 ? "" : distributions.at(distributionOf[file]);
}
