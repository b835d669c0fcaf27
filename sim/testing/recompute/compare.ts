import type { Recomputed } from "./rows-of-run.ts";

/** Relative difference up to which two values are the same. */
export const TOLERANCE = 1e-9;

/** Whether both are undefined, or equal but for rounding. */
export function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** What differs, a line a metric, of those that have been recomputed. */
export function differences(recomputed: Recomputed, told: Recomputed): string[] {
  return Object.entries(recomputed).flatMap(([name, value]) => {
    if (!(name in told)) return [`${name}: no run tells it`];
    return isSame(value, told[name]) ? [] : [`${name}: ${told[name]}; recomputed ${value}`];
  });
}
