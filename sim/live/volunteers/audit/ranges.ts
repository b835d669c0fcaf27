import type { Random } from "../../../policies/index.ts";

/** Bytes of a file, from the first to the one before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Where to compare a large file: its first bytes, its last, and some that nobody can foresee, in an order
 * that nobody can foresee either.
 */
export function auditedRanges(
  size: number,
  length: number,
  drawn: number,
  random: Random,
): Range[] {
  const at = (start: number): Range => ({ start, end: Math.min(size, start + length) });
  const last = Math.max(0, size - length);
  const ranges = [at(0), at(last)];
  for (let i = 0; i < drawn; i++) ranges.push(at(Math.floor(random() * (last + 1))));
  // Fisher and Yates.
  for (let i = ranges.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [ranges[i], ranges[other]] = [ranges[other], ranges[i]];
  }
  return ranges;
}
