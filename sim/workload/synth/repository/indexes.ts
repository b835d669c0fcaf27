import type { AccessRecipe } from "../recipe.ts";
import type { Release } from "./plan.ts";

/** What a suite's index files are, in the order in which a machine reads them. */
export const INDEX_FILES = ["signature", "packageList"] as const;

/** Packages of one distribution's release for one architecture: what one machine installs from. */
export interface Suite {
  /** Index into the distributions; and into the distribution's releases and architectures. */
  readonly distribution: number;
  readonly release: number;
  readonly architecture: number;
  /** When its index files change: each of the distribution's releases, in seconds. */
  readonly changes: readonly number[];
  /** Row of the suite's first index file. Two follow for the start, two for each change. */
  readonly firstIndex: number;
}

/** All suites, with their index files numbered from `firstIndex` on. */
export function suitesOf(
  { catalogue: { distributions } }: AccessRecipe,
  plan: readonly Release[],
  firstIndex: number,
): readonly Suite[] {
  const suites: Suite[] = [];
  let next = firstIndex;
  for (const [distribution, { releases, architectures }] of distributions.entries()) {
    const changes = plan
      .filter((release) => release.distribution === distribution)
      .map(({ time }) => time);
    for (const release of releases.keys()) {
      for (const architecture of architectures.keys()) {
        suites.push({ distribution, release, architecture, changes, firstIndex: next });
        next += indexFilesOf(changes.length);
      }
    }
  }
  return suites;
}

/** Index files of a suite that changes so many times. */
export function indexFilesOf(changes: number): number {
  return INDEX_FILES.length * (changes + 1);
}

/** Row of a suite's signature at a time; the list of its packages is the next row. */
export function indexAt({ changes, firstIndex }: Suite, time: number): number {
  let edition = 0;
  while (edition < changes.length && changes[edition] <= time) edition++;
  return firstIndex + INDEX_FILES.length * edition;
}
