import type { Estimate, Interval } from "./report-data.ts";

/** A readable size of a unit: values of at least `from` are divided by `divisor`. */
export interface Scale {
  readonly from: number;
  readonly divisor: number;
  readonly suffix: string;
}

/** Scales by unit, smallest first. Rates of networks are told in bits, as everywhere. */
const SCALES: Readonly<Record<string, readonly Scale[]>> = {
  bytes: [
    { from: 0, divisor: 1, suffix: "B" },
    { from: 1e3, divisor: 1e3, suffix: "kB" },
    { from: 1e6, divisor: 1e6, suffix: "MB" },
    { from: 1e9, divisor: 1e9, suffix: "GB" },
    { from: 1e12, divisor: 1e12, suffix: "TB" },
    { from: 1e15, divisor: 1e15, suffix: "PB" },
  ],
  "bytes/s": [
    { from: 0, divisor: 1 / 8, suffix: "bit/s" },
    { from: 1e3 / 8, divisor: 1e3 / 8, suffix: "kbit/s" },
    { from: 1e6 / 8, divisor: 1e6 / 8, suffix: "Mbit/s" },
    { from: 1e9 / 8, divisor: 1e9 / 8, suffix: "Gbit/s" },
  ],
  s: [
    { from: 0, divisor: 1e-3, suffix: "ms" },
    { from: 1, divisor: 1, suffix: "s" },
    { from: 60, divisor: 60, suffix: "min" },
    { from: 3600, divisor: 3600, suffix: "h" },
    { from: 2 * 86_400, divisor: 86_400, suffix: "d" },
  ],
  hours: [
    { from: 0, divisor: 1 / 60, suffix: "min" },
    { from: 1, divisor: 1, suffix: "h" },
  ],
  ratio: [{ from: 0, divisor: 1, suffix: "" }],
  count: [{ from: 0, divisor: 1, suffix: "" }],
  units: [{ from: 0, divisor: 1, suffix: "" }],
};

/** Sizes that programmers choose: whole numbers of these are told in them. */
const BINARY: readonly Scale[] = [
  { from: 2 ** 30, divisor: 2 ** 30, suffix: "GiB" },
  { from: 2 ** 20, divisor: 2 ** 20, suffix: "MiB" },
  { from: 2 ** 10, divisor: 2 ** 10, suffix: "KiB" },
];

const SIGNIFICANT = 3;
/** Digits of what somebody chose, which are meant. */
const SETTING = 4;
const MOST_DECIMALS = 4;

/** All scales of a unit, smallest first. An unknown unit is its own only scale. */
export function scalesOf(unit: string): readonly Scale[] {
  return SCALES[unit] ?? [{ from: 0, divisor: 1, suffix: unit }];
}

/** The scale in which values of this magnitude read best. */
export function scaleOf(magnitude: number, unit: string): Scale {
  const scales = scalesOf(unit);
  const smallest = scales[0] ?? { from: 0, divisor: 1, suffix: unit };
  // Rounding comes first, so that 999.9 MB is 1.00 GB.
  const rounded = Number(Math.abs(magnitude).toPrecision(SIGNIFICANT));
  if (rounded === 0) return scales.find(({ divisor }) => divisor === 1) ?? smallest;
  return scales.findLast(({ from }) => from <= rounded) ?? smallest;
}

/** A value of a metric for people, to three significant digits: `12.3 GB`, `4.50 min`. */
export function formatValue(value: number, unit: string): string {
  if (!Number.isFinite(value)) return "not known";
  const scale = scaleOf(value, unit);
  return withUnit(number(value / scale.divisor, decimals(value, 0, scale, unit)), scale);
}

/** The mean as a value; `> 8.30 h` where it is known to be at least so much. */
export function formatMean(
  { mean, isAtLeast }: Pick<Estimate, "mean" | "isAtLeast">,
  unit: string,
) {
  return atLeast(formatValue(mean, unit), isAtLeast);
}

/** The mean and its confidence interval in one unit: `12.3 GB (11.9 to 12.7)`, `> 8.30 h`. */
export function formatInterval(estimate: Estimate, unit: string): string {
  const { mean, bounds } = intervalTexts(estimate, unit);
  return bounds === null ? mean : `${mean} (${bounds})`;
}

/** A difference, always with its sign: `−1.2 GB (−1.4 to −1.0)`. */
export function formatDifference(interval: Interval, unit: string): string {
  const { mean, bounds } = differenceTexts(interval, unit);
  return bounds === null ? mean : `${mean} (${bounds})`;
}

/** Mean and interval apart, to stand on two lines. No bounds after a single run, and of a lower bound. */
export interface IntervalTexts {
  readonly mean: string;
  readonly bounds: string | null;
}

export function intervalTexts(estimate: Estimate, unit: string): IntervalTexts {
  return estimate.isAtLeast
    ? { mean: formatMean(estimate, unit), bounds: null }
    : texts(estimate, unit, number);
}

/** As `intervalTexts`, with signs; an end beside zero never reads as zero where four decimals tell it. */
export function differenceTexts(interval: Interval, unit: string): IntervalTexts {
  return texts(interval, unit, signed, nearEnd(interval));
}

/** A confidence level, to two digits of what is left: `95 %`, `99.77 %`. */
export function formatLevel(level: number): string {
  const rest = Number((100 * (1 - level)).toPrecision(2));
  return `${Number((100 - rest).toFixed(12))} %`;
}

/** The text of a value that is known to be at least so much, or of any other as it is. */
export function atLeast(text: string, isAtLeast: boolean | undefined): string {
  return isAtLeast ? `> ${text}` : text;
}

/** A share in percent: `73.2 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${number(100 * share, 1)} %` : "not known";
}

/**
 * A setting as somebody chose it: to four digits, without zeros at the end, so that it reads like the
 * experiment's file: `9 Mbit/s`, `40.15 ms`, `64 KiB`. What is unlimited is told so.
 */
export function formatSetting(value: number, unit: string): string {
  if (value === Number.POSITIVE_INFINITY) return "no limit";
  if (!Number.isFinite(value)) return "not known"; // Of a run that an older version stored.
  const scale = (unit === "bytes" ? chosenScale(value) : undefined) ?? scaleOf(value, unit);
  const [, fraction = ""] = String(Number((value / scale.divisor).toPrecision(SETTING))).split(".");
  return withUnit(number(value / scale.divisor, fraction.length), scale);
}

/** A length of time that somebody chose: `15 h 36 min`, `6.67 h`, `20 ms`, `0 s`. */
export function formatDuration(seconds: number): string {
  const isShort = seconds < 60 && !(Number.isInteger(seconds) && seconds > 0);
  if (isShort || !Number.isFinite(seconds)) return formatSetting(seconds, "s");
  const time = formatTime(seconds);
  return time.split(" ").length > 4 ? formatSetting(seconds, "s") : time; // At most two units.
}

/** A point in simulated time, as experiment files write it: `1 d 9 h`, `30 min`, `0`. */
export function formatTime(time: number): string {
  const seconds = Math.round(time); // First, so that 59.9 s is a minute.
  const parts = [
    { count: Math.floor(seconds / 86_400), suffix: "d" },
    { count: Math.floor((seconds % 86_400) / 3600), suffix: "h" },
    { count: Math.floor((seconds % 3600) / 60), suffix: "min" },
    { count: seconds % 60, suffix: "s" },
  ].filter(({ count }) => count > 0);
  return parts.map(({ count, suffix }) => `${count} ${suffix}`).join(" ") || "0";
}

function texts(
  { mean, low, high }: Interval,
  unit: string,
  write: (value: number, decimals: number) => string,
  told = 0,
): IntervalTexts {
  if (!Number.isFinite(mean)) return { mean: "not known", bounds: null };
  const spread = Number.isFinite(high - low) ? (high - low) / 2 : 0;
  const scale = scaleOf(Math.max(Math.abs(mean), spread), unit);
  let places = decimals(mean, spread, scale, unit);
  const isLost = () => told !== 0 && Number((told / scale.divisor).toFixed(places)) === 0;
  while (isLost() && places < MOST_DECIMALS) places++;
  const text = (value: number) => write(value / scale.divisor, places);
  const isBounded = Number.isFinite(low) && Number.isFinite(high);
  return {
    mean: withUnit(text(mean), scale),
    bounds: isBounded ? `${text(low)} to ${text(high)}` : null,
  };
}

/** The end of an interval that is next to zero; 0 where it holds zero. */
function nearEnd({ low, high }: Interval): number {
  return low > 0 ? low : Math.min(high, 0);
}

/**
 * Decimals that show three digits of an exact value, or as many as its spread leaves meaning to.
 *
 * Source: Particle Data Group, Review of Particle Physics, section 5.3: two digits of the error
 * when it begins with 1 or 2, else one. (Their limit is 354 of 1000; ours is 3.)
 */
function decimals(value: number, spread: number, { divisor }: Scale, unit: string): number {
  const places = (quantity: number, digits: number) =>
    digits - 1 - Math.floor(Math.log10(Math.abs(quantity / divisor)));
  if (spread > 0) {
    const leading = Number((spread / divisor).toExponential()[0]);
    return clamp(places(spread, leading < 3 ? 2 : 1));
  }
  const rounded = Number(value.toPrecision(SIGNIFICANT));
  const isWhole = rounded === 0 || (unit === "count" && Number.isInteger(value));
  return isWhole ? 0 : clamp(places(rounded, SIGNIFICANT));
}

function clamp(places: number): number {
  return Math.min(Math.max(places, 0), MOST_DECIMALS);
}

/** A plain number with grouped thousands and a true minus sign, never a negative zero. */
function number(value: number, places: number): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(places).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(digits) ? `−${digits}` : digits;
}

function signed(value: number, places: number): string {
  const text = number(value, places);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Sizes that are whole numbers of powers of two, and small ones to the byte, are told as such. */
function chosenScale(bytes: number): Scale | undefined {
  const power = BINARY.find(({ divisor }) => isMultiple(bytes, divisor));
  return power ?? (bytes < 1e4 && bytes % 100 !== 0 ? scalesOf("bytes")[0] : undefined);
}

/** Whether it is a whole number of powers of two, and not just as well of powers of ten. */
function isMultiple(value: number, divisor: number): boolean {
  return value >= divisor && value % divisor === 0 && value % 1000 !== 0;
}

function withUnit(text: string, { suffix }: Scale): string {
  return suffix === "" ? text : `${text} ${suffix}`;
}
