/**
 * How a number is written, shown by an example: `0.0 GB`, `0 s (0–0)`, `0.00`, `0,000`, `0.0 [MB]`; or
 * `auto`, three digits in the unit in which they read best.
 *
 * Each zero is a digit, `#` a decimal that is written where fewer than two digits would be told without
 * it, a comma groups thousands. The unit says in what the number is told, in brackets without writing
 * it. In parentheses stands the 95 % interval, by its ends or as `±0 %` of the mean. A number other than
 * zero is never written as zero: it gets the decimals that it takes.
 */
import { atLeast, formatMean, formatValue, type Scale, scalesOf } from "../report/format.ts";
import type { Estimate } from "../report/report-data.ts";

export type NumberFormat = Exemplified | { readonly kind: "auto"; readonly of: string };

interface Exemplified {
  readonly kind: "example";
  readonly digits: Digits;
  readonly divisor: number;
  /** With the space before it; empty where it is not written. */
  readonly unit: string;
  readonly spread: Spread | null;
}

interface Digits {
  readonly decimals: number;
  /** Decimals that are written where they are needed. */
  readonly optional: number;
  readonly isGrouped: boolean;
}

/** What is written of an interval. */
type Spread =
  | { readonly kind: "ends"; readonly texts: readonly string[]; readonly digits: readonly Digits[] }
  | { readonly kind: "share"; readonly text: string; readonly digits: Digits };

const DIGITS = /(?<![\d.])0(,000)?(?:\.(0*)(#*))?(?![\d.#])/;
const WHOLE = new RegExp(`^(${DIGITS.source})(?: ([^()]*?))?(?: ?\\((.*)\\))?$`);
const SHARE = new RegExp(`^(± ?)(${DIGITS.source}) %$`);
const PERCENT: Scale = { from: 0, divisor: 0.01, suffix: "%" };
/** Digits for which optional decimals are written. */
const LEAST_DIGITS = 2;
const MOST_DECIMALS = 9;

/** Reads an example of a number of this unit. @throws Error in the words of the house. */
export function numberFormat(example: string, unit: string): NumberFormat {
  if (example === "auto") return { kind: "auto", of: unit };
  const found = WHOLE.exec(example);
  if (found === null) {
    throw new Error(`invalid format: ${example}; not like 0.0 GB, 0 s (0–0) or auto`);
  }
  const [, number, , , , written = "", spread] = found;
  const suffix = /^\[(.*)\]$/.exec(written)?.[1] ?? written;
  const isShown = written !== "" && !written.startsWith("[");
  return {
    kind: "example",
    digits: digitsOf(number),
    divisor: scaleNamed(suffix, unit).divisor,
    unit: isShown ? ` ${suffix}` : "",
    spread: spread === undefined ? null : spreadOf(spread),
  };
}

function scaleNamed(suffix: string, unit: string): Scale {
  const scales = unit === "ratio" ? [...scalesOf(unit), PERCENT] : scalesOf(unit);
  const isPlain = suffix === "" && ["ratio", "count", "units", "hours"].includes(unit);
  const scale = isPlain
    ? scales.find(({ divisor }) => divisor === 1)
    : scales.find((each) => each.suffix === suffix);
  if (scale !== undefined) return scale;
  const known = scales.map((each) => each.suffix || "none").join(", ");
  throw new Error(`unknown unit of ${unit}: ${suffix || "none"}; known: ${known}`);
}

function digitsOf(example: string): Digits {
  const [, comma, decimals = "", optional = ""] = DIGITS.exec(example) ?? [];
  return {
    decimals: decimals.length,
    optional: optional.length,
    isGrouped: comma !== undefined,
  };
}

function spreadOf(example: string): Spread {
  const share = SHARE.exec(example);
  if (share !== null) return { kind: "share", text: share[1], digits: digitsOf(share[2]) };
  const every = new RegExp(DIGITS.source, "g");
  const examples = [...example.matchAll(every)].map(([number]) => number);
  if (examples.length !== 2) {
    throw new Error(`invalid interval: (${example}); not like (0–0), (0.0 to 0.0) or (±0 %)`);
  }
  const texts = example.replace(every, "\0").split("\0");
  return { kind: "ends", texts, digits: examples.map(digitsOf) };
}

/** The mean and, where there is one and the format wants it, its interval; a lower bound has none. */
export function estimateText(estimate: Estimate, format: NumberFormat): string {
  const { mean, low, high, isAtLeast } = estimate;
  if (format.kind === "auto") return formatMean(estimate, format.of);
  const { digits, divisor, unit, spread } = format;
  const number = numberText(mean / divisor, digits);
  const text = atLeast(number === "0" ? number : number + unit, isAtLeast);
  const isSpread = Number.isFinite(high - low) && high > low;
  if (spread === null || !isSpread || isAtLeast) return text;
  if (spread.kind === "share") {
    if (mean === 0) return text;
    const percent = (50 * (high - low)) / Math.abs(mean);
    return `${text} (${spread.text}${numberText(percent, spread.digits)} %)`;
  }
  const [first, second] = [low, high].map((end, at) => {
    return fixed(end / divisor, spread.digits[at].decimals, spread.digits[at].isGrouped);
  });
  const [before, dash, after] = spread.texts;
  const between = dash === "–" && low < 0 ? " to " : dash;
  return `${text} (${before}${first}${between}${second}${after})`;
}

/** From the least to the most of several means: `3–5 h`, `3 to > 12 h` where the most is a lower bound. */
export function rangeText(estimates: readonly Estimate[], format: NumberFormat): string {
  const ranked = estimates.toSorted((a, b) => a.mean - b.mean);
  const ends = [ranked[0], ranked[ranked.length - 1]];
  const isOpen = estimates.some(({ isAtLeast }) => isAtLeast);
  const range = (least: string, most: string) =>
    isOpen
      ? `${atLeast(least, ends[0].isAtLeast)} to ${atLeast(most, isOpen)}`
      : `${least}–${most}`;
  if (format.kind === "auto") {
    const [least, most] = ends.map(({ mean }) => formatValue(mean, format.of));
    return range(least, most);
  }
  const { digits, divisor, unit } = format;
  const [least, most] = ends.map(({ mean }) => numberText(mean / divisor, digits));
  if (least === most) return atLeast(least === "0" ? least : least + unit, isOpen);
  return `${range(least, most)}${unit}`;
}

function numberText(value: number, { decimals, optional, isGrouped }: Digits): string {
  if (value === 0) return "0";
  const before = Math.floor(Math.log10(Math.abs(value))) + 1; // Digits before the point.
  const needed = Math.min(Math.max(LEAST_DIGITS - before, decimals), decimals + optional);
  for (let places = needed; places < MOST_DECIMALS; places++) {
    const text = fixed(value, places, isGrouped);
    if (/[1-9]/.test(text)) return text;
  }
  return fixed(value, MOST_DECIMALS, isGrouped);
}

function fixed(value: number, places: number, isGrouped: boolean): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(places).split(".");
  const grouped = isGrouped ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
