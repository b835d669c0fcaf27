/**
 * Quantities as people write them: `50 Mbit/s`, `1 d 9 h`, `4.7 GB`.
 *
 * Decimal digits are kept exact until the end, so `0.54 h` is 1944 seconds, not 1944.0000000000002.
 */
export type Dimension = "duration" | "size" | "rate";

interface UnitTable {
  /** What the resolved number counts. */
  readonly base: string;
  readonly example: string;
  /** The unit in which most people think. */
  readonly usual: string;
  /** Thousandths of the base unit in one unit, from the smallest to the largest. */
  readonly thousandths: Readonly<Record<string, bigint>>;
  /** Whether several units may follow each other, the larger first. */
  readonly compound: boolean;
}

const SIZES = {
  B: 1n,
  kB: 10n ** 3n,
  KiB: 2n ** 10n,
  MB: 10n ** 6n,
  MiB: 2n ** 20n,
  GB: 10n ** 9n,
  GiB: 2n ** 30n,
  TB: 10n ** 12n,
  TiB: 2n ** 40n,
};
const BITS = { bit: 1n, kbit: 10n ** 3n, Mbit: 10n ** 6n, Gbit: 10n ** 9n };

const TABLES: Readonly<Record<Dimension, UnitTable>> = {
  duration: {
    base: "seconds",
    example: "1 d 9 h",
    usual: "s",
    thousandths: { ms: 1n, s: 1000n, min: 60_000n, h: 3_600_000n, d: 86_400_000n },
    compound: true,
  },
  size: {
    base: "bytes",
    example: "4.7 GB",
    usual: "MB",
    thousandths: scaled(SIZES, 1000n),
    compound: false,
  },
  rate: {
    base: "bytes/s",
    example: "50 Mbit/s",
    usual: "Mbit/s",
    thousandths: { ...scaled(BITS, 125n, "/s"), ...scaled(SIZES, 1000n, "/s") },
    compound: false,
  },
};

export type QuantityResult =
  | { readonly value: number }
  | { readonly unknownUnit: string }
  | { readonly malformed: true };

/** Reads `text` into seconds, bytes or bytes per second: the float nearest to the exact value. */
export function parseQuantity(text: string, dimension: Dimension): QuantityResult {
  const { thousandths, compound } = TABLES[dimension];
  const terms = [...text.trim().matchAll(TERM)];
  const isWhole = terms.map(([term]) => term).join("") === text.trim();
  if (terms.length === 0 || !isWhole) return { malformed: true };
  if (terms.length > 1 && (!compound || text.includes("-"))) return { malformed: true };

  let sum = 0n;
  let previous: bigint | undefined;
  for (const [, sign, whole, fraction = "", unit] of terms) {
    if (!Object.hasOwn(thousandths, unit)) return { unknownUnit: unit };
    const factor = thousandths[unit];
    if (previous !== undefined && factor >= previous) return { malformed: true };
    if (fraction.length > MAX_DECIMALS) return { malformed: true };
    const digits = BigInt(sign + whole + fraction.padEnd(MAX_DECIMALS, "0"));
    sum += digits * factor;
    previous = factor;
  }
  return { value: Number(`${sum}e-${MAX_DECIMALS + 3}`) + 0 };
}

/** The unit that `unit` is commonly written for, where the nearest name would mislead. */
export function unitMeantBy(unit: string): string | undefined {
  const bits = /^([kMG]?)b(?:ps|\/s)$/i.exec(unit);
  if (bits !== null && !unit.includes("B")) return `${bits[1]}bit/s`;
  if (/^(s|m|h|d)[a-z]*$/.test(unit) && unit !== "ms") {
    return unit.startsWith("m") ? "min" : unit.charAt(0);
  }
  return undefined;
}

/** The two units that one such as `Mb` is written for, which are a factor of 8 apart; else undefined. */
export function unitsBetween(unit: string, dimension: Dimension): string | undefined {
  const [, prefix] = /^([kmgt]?)b$/i.exec(unit) ?? [];
  if (prefix === undefined || unit.endsWith("B")) return undefined;
  const factor = prefix.toLowerCase() === "k" ? "k" : prefix.toUpperCase();
  const each = dimension === "rate" ? "/s" : "";
  return `${factor}bit${each} or ${factor}B${each}`;
}

/** What is expected in place of a number without unit, which could be of any; by default the usual. */
export function unitExpected(
  number: number | string,
  dimension: Dimension,
  unit = TABLES[dimension].usual,
): string {
  const example = /^\d+(\.\d+)?$/.test(`${number}`) ? `${number} ${unit}` : exampleOf(dimension);
  return `expected a ${dimension} with its unit, such as ${example}`;
}

/** Base units as text that reads back as so many, in the largest unit of which it is a whole number. */
export function quantityText(value: number, dimension: Dimension): string {
  const { thousandths, usual } = TABLES[dimension];
  if (value === 0) return `0 ${usual}`;
  const units = Object.entries(thousandths).map(([unit, factor]) => {
    return { unit, many: (value * 1000) / Number(factor) };
  });
  const [largest] = units
    .filter(({ many }) => Number.isInteger(many))
    .sort((a, b) => a.many - b.many);
  if (largest !== undefined) return `${largest.many} ${largest.unit}`;
  return `${value.toFixed(MAX_DECIMALS).replace(/\.?0+$/, "")} ${WHOLE[dimension]}`;
}

/** The dimension of a field by its pattern for editors; undefined where that is of another kind. */
export function dimensionOfPattern(pattern: string): Dimension | undefined {
  return (Object.keys(TABLES) as Dimension[]).find((each) => quantityPattern(each) === pattern);
}

export function unitsOf(dimension: Dimension): string[] {
  return Object.keys(TABLES[dimension].thousandths);
}

/** The unit in which quantities of this dimension are resolved. */
export function baseUnit(dimension: Dimension): string {
  return TABLES[dimension].base;
}

export function exampleOf(dimension: Dimension): string {
  return TABLES[dimension].example;
}

/** A regular expression for editors. It takes what `parseQuantity` takes, and units in any order. */
export function quantityPattern(dimension: Dimension): string {
  const term = `\\d+(\\.\\d+)?\\s*(${unitsOf(dimension).join("|")})`;
  return TABLES[dimension].compound ? `^${term}(\\s+${term})*$` : `^${term}$`;
}

/** A sign, digits, a fraction and a unit, with the space before the next term. */
const TERM = /(-?)(\d+)(?:\.(\d+))?\s*([^\s\d]+)(?:\s+(?=\S)|\s*$)/gy;

/** The base units by their names. */
const WHOLE: Readonly<Record<Dimension, string>> = { duration: "s", size: "B", rate: "B/s" };

/** Decimals that a quantity may have: more are a slip of the pen. */
const MAX_DECIMALS = 12;

function scaled(units: Readonly<Record<string, bigint>>, by: bigint, suffix = "") {
  return Object.fromEntries(
    Object.entries(units).map(([unit, factor]) => [unit + suffix, factor * by]),
  );
}
