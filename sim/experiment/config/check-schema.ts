/** The fields of `check:`, by which `sim check` judges an experiment against its baseline. */
import * as z from "zod";
import { METRICS, type Metric, type MetricName } from "../../metrics/metric.ts";
import type { CheckSpec, Margin } from "./experiment.ts";
import { count, field, orElse } from "./field.ts";
import { amountExamples, readAmount } from "./metric-amount.ts";

/** Metrics that can get worse. */
const DIRECTED = METRICS.filter(({ better }) => better !== "none");

const margins = z
  .strictObject(
    Object.fromEntries(
      DIRECTED.map(({ name, unit, summary }) => [
        name,
        orElse(margin(unit), null).describe(
          `Of ${name} (${summary}): a share such as 2 %, or an amount (${unit}).`,
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
  const json = { type: ["number", "string"], minimum: 0, examples: amountExamples(unit) };
  return field(json, (value, complain): Margin | undefined => {
    const amount = readAmount(value, unit);
    if ("complaint" in amount) return complain(amount.complaint);
    const isIn = "relative" in amount || (amount.absolute >= 0 && Number.isFinite(amount.absolute));
    return isIn ? amount : complain({ kind: "invalid", rule: `not in [0, ∞) ${unit}` });
  });
}
