import type { CellRuns } from "../runner/cell-runs.ts";

/**
 * For each cell the number of the one that stands for it: cells at the same levels with the same events
 * and decisions in every run decided alike throughout, and are one as far as statistics go. A baseline
 * stands for its like, else the first.
 */
export function standIns(
  all: readonly CellRuns[],
  isBaseline: (at: number) => boolean = () => false,
): number[] {
  const keys = all.map(keyOf);
  const found = new Map<string, number>();
  for (const [at, key] of keys.entries()) {
    const first = found.get(key);
    if (first === undefined || (isBaseline(at) && !isBaseline(first))) found.set(key, at);
  }
  return keys.map((key, at) => found.get(key) ?? at);
}

function keyOf({ cell, runs }: CellRuns): string {
  return [cell.variant, ...runs.map(({ fingerprint }) => fingerprint)].join(" ");
}
