import type { Stream } from "../../../engine/random.ts";
import type { Repository } from "../repository/catalogue.ts";
import type { Suite } from "../repository/indexes.ts";
import { type Layout, NONE } from "../repository/layout.ts";

/** Packages to choose from by popularity, for the machines of one release of a distribution. */
export interface Shelf {
  /** Lines of the layout, those that most machines have first. */
  readonly lines: Uint32Array;
  /** How much each of these is wanted, so never increasing. */
  readonly weights: Float64Array;
}

const EMPTY: Shelf = { lines: new Uint32Array(), weights: new Float64Array() };

/** All packages of each distribution's releases: by the distribution, then by its release. */
export function wholeShelves(
  { layout, suites }: Repository,
  weights: Float64Array,
): readonly (readonly Shelf[])[] {
  const lines: number[][][] = [];
  for (const { distribution, release } of suites) {
    lines[distribution] ??= [];
    lines[distribution][release] = [];
  }
  for (let pack = 0; pack < layout.distributionOf.length; pack++) {
    const first = layout.firstLine[pack];
    const releases = lines[layout.distributionOf[pack]];
    for (let line = first; line < layout.firstLine[pack + 1]; line++) {
      releases[line - first].push(line);
    }
  }
  return lines.map((releases) => releases.map((each) => shelfOf(layout, weights, each)));
}

/**
 * The packages of which each release of the plan brings a new version: by the release's number in
 * the plan, then by the distribution's release.
 */
export function newShelves(
  { layout, plan }: Repository,
  weights: Float64Array,
): readonly (readonly Shelf[])[] {
  const lines = plan.map((): number[][] => []);
  for (let line = 0; line < layout.newest.length; line++) {
    const at = layout.newest[line];
    const isEmpty = layout.firstBuild[line] === layout.firstBuild[line + 1];
    if (at === NONE || isEmpty) continue;
    const release = line - layout.firstLine[layout.packageOf[line]];
    while (lines[at].length <= release) lines[at].push([]);
    lines[at][release].push(line);
  }
  return lines.map((releases) => releases.map((each) => shelfOf(layout, weights, each)));
}

/** The shelf's packages but for those that chance leaves out; it keeps such a share of them. */
export function partOf({ lines, weights }: Shelf, share: number, random: Stream): Shelf {
  const kept = [...lines.keys()].filter(() => random() < share);
  return {
    lines: Uint32Array.from(kept, (place) => lines[place]),
    weights: Float64Array.from(kept, (place) => weights[place]),
  };
}

/** The shelf of a suite's release; an empty one if there is nothing. */
export function shelfFor(releases: readonly Shelf[], { release }: Pick<Suite, "release">): Shelf {
  return releases[release] ?? EMPTY;
}

/** The last build of a line that is released by a time, or `NONE`. */
export function buildAt(
  { layout, plan }: Pick<Repository, "layout" | "plan">,
  line: number,
  time: number,
): number {
  const newest = layout.newest[line];
  const isOut = newest === NONE || plan[newest].time <= time;
  const build = layout.firstBuild[line + 1] - (isOut ? 1 : 2);
  return build >= layout.firstBuild[line] ? build : NONE;
}

/** Row of a build's package file for an architecture, or `NONE`. */
export function packageFile(layout: Layout, build: number, architecture: number): number {
  const member = layout.isIndependent[layout.packageOf[layout.lineOf[build]]] ? 0 : architecture;
  return member < layout.packageFiles[build] ? layout.firstFile[build] + member : NONE;
}

/** Row of the first file that stands beside a build's package files, or `NONE`. */
export function fileBeside(layout: Layout, build: number): number {
  const beside = layout.firstFile[build] + layout.packageFiles[build];
  return beside < layout.firstFile[build + 1] ? beside : NONE;
}

function shelfOf(layout: Layout, weights: Float64Array, lines: readonly number[]): Shelf {
  const weightOf = (line: number) => weights[layout.packageOf[line]];
  const sorted = lines.toSorted((a, b) => weightOf(b) - weightOf(a) || a - b);
  return { lines: Uint32Array.from(sorted), weights: Float64Array.from(sorted, weightOf) };
}
