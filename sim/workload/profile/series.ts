import type { AccessTrace } from "../trace/trace.ts";

/** Numbers in bins of equal width, the first of which starts at `start`. */
export interface Series {
  /** Seconds from the start of the window; not above 0. */
  readonly start: number;
  /** Seconds. */
  readonly width: number;
  readonly values: Float64Array;
}

/** Requests and bytes in the same bins. */
export interface Course {
  readonly start: number;
  readonly width: number;
  readonly requests: readonly number[];
  readonly bytes: readonly number[];
}

/**
 * Requests and bytes in bins of `width` seconds, a divisor of a day. Bins of a trace with a date
 * begin at whole multiples of the width in UTC, others at the start of the window.
 */
export function courseOf(trace: AccessTrace, width: number): Course {
  const { time, bytes, requests } = trace.requests;
  const counted = emptySeries(trace, width);
  const sums = emptySeries(trace, width);
  for (let row = 0; row < requests; row++) {
    const bin = Math.floor((time[row] - counted.start) / width);
    counted.values[bin]++;
    sums.values[bin] += bytes[row];
  }
  return { start: counted.start, width, requests: [...counted.values], bytes: [...sums.values] };
}

/** Zeros in every bin that the window touches. */
export function emptySeries(
  { window, epoch }: Pick<AccessTrace, "window" | "epoch">,
  width: number,
): Series {
  const start = epoch === null ? 0 : -modulo(epoch, width);
  const bins = Math.max(1, Math.ceil((window - start) / width));
  return { start, width, values: new Float64Array(bins) };
}

/** Seconds from the last midnight, in UTC for a trace with a date, to the start of the window. */
export function sinceMidnight(epoch: number | null): number {
  return epoch === null ? 0 : modulo(epoch, 86_400);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
