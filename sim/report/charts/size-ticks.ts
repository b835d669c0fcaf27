import { formatValue } from "../format.ts";
import type { Ticks } from "./axis-labels.ts";

/** Powers of ten between which sizes of files lie, in bytes. */
const SIZES = Array.from({ length: 19 }, (_, power) => 10 ** power);
const MOST_TICKS = 7;

/** Ticks of a logarithmic axis of sizes in bytes, at powers of ten that people have words for. */
export function sizeTicks(least: number, most: number): Ticks {
  const within = SIZES.filter((size) => size >= least && size <= most);
  const step = Math.ceil(within.length / MOST_TICKS);
  const values = within.filter((_, at) => (within.length - 1 - at) % step === 0);
  const texts = Object.fromEntries(
    values.map((size) => [size, formatValue(size, "bytes").replace(/\.0+ /, " ")]),
  );
  return { values, labelExpr: `(${JSON.stringify(texts)})[datum.value]` };
}
