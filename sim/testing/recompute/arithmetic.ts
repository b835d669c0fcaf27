export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/** Null where the whole is nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

export function largest(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}

export function least(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b));
}

/** Seconds that a time from `start` to `end` has within another. */
export function within(start: number, end: number, low: number, high: number): number {
  return Math.max(0, Math.min(end, high) - Math.max(start, low));
}

/**
 * Type 7 of Hyndman and Fan, 1996: at (n - 1) · share among the sorted values, counted from 0, straight
 * between two of them; the horizon where the greater of the two stands there. Null of nothing.
 */
export function quantile(values: readonly number[], share: number, horizon: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (high >= horizon) return horizon;
  return low + (high - low) * (place - Math.floor(place));
}
