import { type Dimension, parseQuantity } from "../quantity.ts";

const DIMENSIONS: readonly Dimension[] = ["duration", "size", "rate"];

/**
 * What the levels of an axis stand for where all are numbers, in base units; else null. They may be
 * quantities of one kind, as in `1 min` and `2 h`, and plain numbers.
 */
export function axisNumbers(levels: readonly string[]): number[] | null {
  if (levels.length < 2) return null;
  const dimension = DIMENSIONS.find((each) =>
    levels.some((level) => "value" in parseQuantity(level, each)),
  );
  const numbers = levels.map((level) => numberIn(level, dimension));
  const isAll = numbers.every((number) => number !== null);
  return isAll && new Set(numbers).size === levels.length ? numbers : null;
}

function numberIn(level: string, dimension: Dimension | undefined): number | null {
  if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(level)) return Number(level);
  const result = dimension && parseQuantity(level, dimension);
  return result !== undefined && "value" in result ? result.value : null;
}
