import { AliasTable } from "../alias.ts";
import type { Repository } from "../repository/catalogue.ts";
import type { Suite } from "../repository/indexes.ts";
import { type Layout, NONE } from "../repository/layout.ts";

/** Packages to choose from by popularity, for the machines of one release of a distribution. */
export interface Shelf {
  /** Lines of the layout. */
  readonly lines: Uint32Array;
  /** Draws a place in `lines`; null if there is none. */
  readonly choice: AliasTable | null;
}

/** All packages of a suite's distribution and release. */
export function wholeShelf(layout: Layout, weights: Float64Array, suite: Suite): Shelf {
  const { distributionOf, firstLine } = layout;
  const lines: number[] = [];
  for (let pack = 0; pack < distributionOf.length; pack++) {
    if (distributionOf[pack] !== suite.distribution) continue;
    const line = firstLine[pack] + suite.release;
    if (line < firstLine[pack + 1]) lines.push(line);
  }
  return shelfOf(layout, weights, lines);
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
  const choice =
    lines.length === 0
      ? null
      : new AliasTable(lines.map((line) => weights[layout.packageOf[line]]));
  return { lines: Uint32Array.from(lines), choice };
}
