/** The fields of `check:`, by which `sim check` judges an experiment against its baseline. */
import * as z from "zod";
import { METRICS, type Metric, type MetricName } from "../../metrics/metric.ts";
import type { CheckSpec, Margin } from "./experiment.ts";
import { type Complain, count, field, NOT_NEGATIVE, orElse, readQuantityIn } from "./field.ts";
import type { Dimension } from "./quantity.ts";

/** Metrics that can get worse. */
const DIRECTED = METRICS.filter(({ better }) => better !== "none");

/** The dimension in which people write a metric's unit, and how many base units one is. */
const WRITTEN: Readonly<
  Partial<Record<Metric["unit"], { readonly dimension: Dimension; readonly base: number }>>
> = {
  bytes: { dimension: "size", base: 1 },
  "bytes/s": { dimension: "rate", base: 1 },
  s: { dimension: "duration", base: 1 },
  hours: { dimension: "duration", base: 3600 },
};

const margins = z
  .strictObject(
    Object.fromEntries(
      DIRECTED.map(({ name, unit, summary }) => [
        name,
        orElse(margin(unit), null).describe(
          `Of ${name} (${summary}): a share such as 2 %, or so many ${unit}.`,
        ),
      ]),
    ),
  )
  .transform((given) => {
    const named = Object.entries(given).filter((entry) => entry[1] !== null);
    return Object.fromEntries(named) as Partial<Record<MetricName, Margin>>;
  });

export const checkSchema = z
  .strictObject({
    margins: orElse(margins, null).describe(
      "How far metrics may go in the bad direction. Those that are named decide; if absent, all " +
        "that have a better direction, each with 5 % of what it was.",
    ),
    replications: orElse(count({ min: 1, max: 10_000 }), null).describe(
      "Runs of each cell for the gate; the experiment's own number if absent.",
    ),
  })
  .transform((spec): CheckSpec => spec);

/** A share of what the metric was (`2 %`), or an amount in its unit (`0.02`, `5 MB`, `30 s`). */
function margin(unit: Metric["unit"]) {
  const examples = unit in WRITTEN ? ["2 %", 30] : ["2 %", 0.02];
  const json = { type: ["number", "string"], minimum: 0, examples };
  return field(json, (value, complain): Margin | undefined => {
    const share = typeof value === "string" ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim()) : null;
    if (share !== null) return { relative: Number(`${share[1]}e-2`) };
    return absoluteMargin(value, unit, complain);
  });
}

function absoluteMargin(
  value: unknown,
  unit: Metric["unit"],
  complain: Complain,
): Margin | undefined {
  if (typeof value === "number") {
    const rule = `not in [0, ∞) ${unit}`;
    const isIn = value >= 0 && Number.isFinite(value);
    return isIn ? { absolute: value } : complain({ kind: "invalid", rule });
  }
  const written = WRITTEN[unit];
  if (written === undefined) {
    return complain({ kind: "expected", what: "a share such as 2 % or a number" });
  }
  const amount = readQuantityIn(value, written.dimension, NOT_NEGATIVE, complain);
  return amount === undefined ? undefined : { absolute: amount / written.base };
}
