import { type Dimension, parseQuantity, quantityText } from "../experiment/config/quantity.ts";
import type { ValueRange } from "../experiment/config/value-range.ts";

/** A range that is searched for a number, with what is known of the number. */
export interface SearchRange extends ValueRange {
  /** Whether only whole numbers are meant. */
  readonly isWhole: boolean;
  /** What it is unless somebody says otherwise; null where that is no number. */
  readonly usual: number | null;
}

/** The ratio of a range's ends from which equal steps are equal ratios. */
const DECADE = 10;

/** Digits of the numbers that are tried: more would tell nothing, and nobody could read them. */
const DIGITS = 3;

/** Units that people use, the largest first: no bytes in rates. */
const UNITS: Readonly<Record<Dimension, readonly string[]>> = {
  duration: ["d", "h", "min", "s"],
  size: ["TB", "GB", "MB", "kB", "B"],
  rate: ["Gbit/s", "Mbit/s", "kbit/s", "bit/s"],
};

/** What lies at `share` of the way from the low end of the range to its high end, rounded. */
export function valueAt(range: SearchRange, share: number): number {
  const { low, high } = range;
  const shift = shiftOf(range);
  const exact =
    shift === null
      ? low + share * (high - low)
      : (low + shift) * ((high + shift) / (low + shift)) ** share - shift;
  return Math.min(high, Math.max(low, rounded(exact, range)));
}

/** Which share of the way through the range a number in it is: `valueAt` backwards, but for rounding. */
export function shareOf(range: SearchRange, value: number): number {
  const { low, high } = range;
  const shift = shiftOf(range);
  if (shift === null) return (value - low) / (high - low);
  return Math.log((value + shift) / (low + shift)) / Math.log((high + shift) / (low + shift));
}

/** The number as an experiment's file says it. */
export function written(value: number, { dimension }: ValueRange): string | number {
  if (dimension === null) return value;
  for (const unit of UNITS[dimension]) {
    const one = amountIn(`1 ${unit}`, dimension);
    const text = `${Number((value / one).toFixed(DIGITS))} ${unit}`;
    if (value >= one && amountIn(text, dimension) === value) return text;
  }
  return quantityText(value, dimension);
}

function amountIn(text: string, dimension: Dimension): number {
  const read = parseQuantity(text, dimension);
  return "value" in read ? read.value : Number.NaN;
}

/**
 * What is added to numbers of the range before their logarithms are taken; null where steps are equal
 * differences. A range from 0 or below has no decades of its own: its usual number says how many of them
 * matter, and a tenth of that is next to nothing.
 */
function shiftOf({ low, high, usual }: SearchRange): number | null {
  if (low > 0) return high / low >= DECADE ? 0 : null;
  const height = (usual ?? low) - low;
  return height > 0 && (high - low) / height >= DECADE ? height / DECADE - low : null;
}

function rounded(value: number, { dimension, isWhole }: SearchRange): number {
  if (isWhole && Math.abs(value) < 10 ** DIGITS) return Math.round(value);
  // Rates are told in bits.
  const factor = dimension === "rate" ? 8 : 1;
  const short = Number((value * factor).toPrecision(DIGITS)) / factor;
  return isWhole ? Math.round(short) : short;
}

/** `1 s … 1 h, by ratios`, as people read it. */
export function rangeText(range: SearchRange): string {
  const steps = shiftOf(range) === null ? "" : ", by ratios";
  return `${written(range.low, range)} … ${written(range.high, range)}${steps}`;
}
