import type { Metric } from "../../metrics/metric.ts";
import type { Complaint } from "./complaint.ts";
import { isBare, unknownUnit } from "./field.ts";
import { type Dimension, exampleOf, parseQuantity, unitExpected } from "./quantity.ts";

interface Written {
  readonly dimension: Dimension;
  /** How many base units one of the metric's unit is. */
  readonly base: number;
  /** The unit that people use, where it is not that of the dimension. */
  readonly usual?: string;
}

/** The dimension in which people write a metric's unit; the others are plain numbers. */
const WRITTEN: Readonly<Partial<Record<Metric["unit"], Written>>> = {
  bytes: { dimension: "size", base: 1 },
  "bytes/s": { dimension: "rate", base: 1 },
  s: { dimension: "duration", base: 1 },
  hours: { dimension: "duration", base: 3600, usual: "h" },
};

/** A share of what the metric is (`2 %`), or an amount in its unit (`0.02`, `5 MB`, `30 s`). */
export type Amount = { readonly relative: number } | { readonly absolute: number };

/** What a metric of this unit may differ by, as a share or an amount. Neither has a range yet. */
export function readAmount(
  value: unknown,
  unit: Metric["unit"],
): Amount | { readonly complaint: Complaint } {
  const share = typeof value === "string" ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim()) : null;
  if (share !== null) return { relative: Number(`${share[1]}e-2`) };
  const written = WRITTEN[unit];
  if (value === 0 || (written === undefined && typeof value === "number")) {
    return { absolute: value };
  }
  if (written !== undefined && isBare(value)) {
    const rule = unitExpected(value, written.dimension, written.usual);
    return { complaint: { kind: "invalid", rule } };
  }
  if (written !== undefined && typeof value === "string") {
    const read = parseQuantity(value, written.dimension);
    if ("value" in read) return { absolute: read.value / written.base };
    if ("unknownUnit" in read) {
      return { complaint: unknownUnit(read.unknownUnit, written.dimension) };
    }
  }
  return { complaint: { kind: "expected", what: `${amountsOf(unit)} or a share such as 5 %` } };
}

/** Amounts of a metric that editors show as examples. */
export function amountExamples(unit: Metric["unit"]): readonly (string | number)[] {
  const written = WRITTEN[unit];
  return ["2 %", written === undefined ? 0.02 : exampleOf(written.dimension)];
}

function amountsOf(unit: Metric["unit"]): string {
  const written = WRITTEN[unit];
  if (written === undefined) return `a number (${unit})`;
  return `a ${written.dimension} such as ${exampleOf(written.dimension)}`;
}
