/** What an experiment says about when enough has been run: the format of `until:`. */
import * as z from "zod";
import { METRICS, type MetricName } from "../../metrics/metric.ts";
import { LEAST_REPLICATIONS } from "../first-replications.ts";
import type { Complaint } from "./complaint.ts";
import type { HalfWidth, UntilSpec } from "./experiment.ts";
import { count, field, oneOf } from "./field.ts";
import { baseUnit, type Dimension, exampleOf, parseQuantity } from "./quantity.ts";
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

/** How quantities of a metric are written, by its unit, and what one of the unit is in base units. */
const WRITTEN: Readonly<Record<string, { readonly as: Dimension; readonly one: number }>> = {
  bytes: { as: "size", one: 1 },
  "bytes/s": { as: "rate", one: 1 },
  s: { as: "duration", one: 1 },
  hours: { as: "duration", one: 3600 },
};

type Read = { readonly halfWidth: HalfWidth } | { readonly complaint: Complaint };

function halfWidthOf(value: number | string, metric: MetricName): Read {
  const unit = METRICS.find(({ name }) => name === metric)?.unit ?? "";
  const written = WRITTEN[unit];
  const share = typeof value === "string" ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim()) : null;
  if (share !== null) {
    const relative = Number(share[1]) / 100;
    const complaint = { kind: "invalid", rule: "not in (0, 100] %" } as const;
    return 0 < relative && relative <= 1 ? { halfWidth: { relative } } : { complaint };
  }
  const absolute = typeof value === "number" ? value : quantityOf(value, written);
  if (absolute === undefined) {
    const example = written === undefined ? "" : `, a quantity such as ${exampleOf(written.as)}`;
    const what = `a number of ${unit}${example} or a share such as 5 %`;
    return { complaint: { kind: "expected", what } };
  }
  if (absolute > 0 && Number.isFinite(absolute)) return { halfWidth: { absolute } };
  const base = typeof value === "number" || written === undefined ? unit : baseUnit(written.as);
  return { complaint: { kind: "invalid", rule: `not in (0, ∞) ${base}` } };
}

function quantityOf(text: string, written: (typeof WRITTEN)[string] | undefined) {
  if (written === undefined) return undefined;
  const result = parseQuantity(text, written.as);
  return "value" in result ? result.value / written.one : undefined;
}
