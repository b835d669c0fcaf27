/** What an experiment says about when enough has been run: the format of `until:`. */
import * as z from "zod";
import { METRICS, type MetricName } from "../../metrics/metric.ts";
import { LEAST_REPLICATIONS } from "../first-replications.ts";
import type { Complaint } from "./complaint.ts";
import type { HalfWidth, UntilSpec } from "./experiment.ts";
import { count, field, oneOf } from "./field.ts";
import { readAmount } from "./metric-amount.ts";
import { withRule } from "./rule.ts";

const MOST_REPLICATIONS = 10_000;

const until = z.strictObject({
  metric: oneOf(
    "metric",
    METRICS.map(({ name }) => name),
  ).describe("Name of the metric whose intervals are to be narrow."),
  halfWidth: field({ type: ["number", "string"], examples: ["5 %", "10 s"] }, (value, complain) => {
    if (typeof value === "number" || typeof value === "string") return value;
    return complain({ kind: "expected", what: "a share such as 5 % or a quantity" });
  }).describe(
    "Half the width that is allowed: a share of the mean such as 5 %, or in the metric's unit. Of a " +
      "difference a share of the baseline's mean.",
  ),
  max: count({ min: LEAST_REPLICATIONS, max: MOST_REPLICATIONS }).describe(
    "The most replications, however wide the intervals are then.",
  ),
});

export const untilSchema = withRule(
  until,
  [["metric"], ["halfWidth"]],
  ({ metric, halfWidth }, complainAt) => {
    const read = halfWidthOf(halfWidth, metric);
    if ("complaint" in read) complainAt(["halfWidth"], read.complaint);
  },
).transform(({ metric, halfWidth, max }): UntilSpec => {
  const read = halfWidthOf(halfWidth, metric);
  if ("complaint" in read) throw new Error("a half-width that is wrong has passed its rule");
  return { metric, halfWidth: read.halfWidth, max };
});

/** Adds the rule that the most replications are no fewer than the first. */
export function withUntilRule<
  Schema extends z.ZodType<{ until?: UntilSpec | undefined; replications: number }>,
>(schema: Schema): Schema {
  const needs = [["until"], ["replications"]];
  return withRule(schema, needs, ({ until: stop, replications }, complainAt) => {
    if (stop === undefined || stop.max >= replications) return;
    const rule = `not in [${replications}, ${MOST_REPLICATIONS}], from replications on`;
    complainAt(["until", "max"], { kind: "invalid", rule });
  });
}

type Read = { readonly halfWidth: HalfWidth } | { readonly complaint: Complaint };

function halfWidthOf(value: number | string, metric: MetricName): Read {
  const unit = METRICS.find(({ name }) => name === metric)?.unit ?? "ratio";
  const amount = readAmount(value, unit);
  if ("complaint" in amount) return amount;
  if ("relative" in amount) {
    const complaint = { kind: "invalid", rule: "not in (0, 100] %" } as const;
    return 0 < amount.relative && amount.relative <= 1 ? { halfWidth: amount } : { complaint };
  }
  if (amount.absolute > 0 && Number.isFinite(amount.absolute)) return { halfWidth: amount };
  return { complaint: { kind: "invalid", rule: `not in (0, ∞) ${unit}` } };
}
