import type { Metric } from "./metric.ts";

/** Rounding makes values part by less than this share of the larger; no question is about less. */
const NOISE = 1e-9;

/** What metrics cannot tell apart, by their unit: bytes and counts are whole, clocks end at 1 µs. */
const RESOLUTIONS: Readonly<Partial<Record<string, number>>> = {
  bytes: 1,
  count: 1,
  s: 1e-6,
} satisfies Partial<Record<Metric["unit"], number>>;

/**
 * `value - other`, and exactly 0 where they are equal: where they part by no more than rounding does,
 * or by less than metrics of the unit resolve. Everything that tests, ranks or marks differences takes
 * them from here, so that nothing else decides what is a difference at all.
 */
export function differenceOf(value: number, other: number, unit = ""): number {
  if (value === other) return 0; // Both may be infinite.
  const difference = value - other;
  if (!Number.isFinite(difference)) return difference;
  const size = Math.abs(difference);
  const isNoise = size <= NOISE * Math.max(Math.abs(value), Math.abs(other));
  return isNoise || size < (RESOLUTIONS[unit] ?? 0) ? 0 : difference;
}
