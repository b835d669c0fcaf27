/** The format of recipes that `sim trace fit` writes: a model fitted to a trace of downloads. */
import * as z from "zod";
import type { QuantileTable } from "../../workload/fit/quantile-table.ts";
import type { FittedRecipe } from "../../workload/fit/recipe.ts";
import { partsOf } from "../../workload/fit/visit-sizes.ts";
import { emptySeries } from "../../workload/profile/series.ts";
import { FILE_KINDS } from "../../workload/trace/trace.ts";
import {
  type Complain,
  count,
  field,
  NOT_NEGATIVE,
  oneOf,
  POSITIVE,
  quantity,
  ratio,
  SHARE,
  text,
} from "../config/field.ts";
import { withRule } from "../config/rule.ts";
import { scaleField, seedField } from "./fields.ts";

const DAY = 86_400;
const EXPONENT = { min: -20, max: 20 };
const FILES = { min: 1, max: 20_000_000 };
const kind = () => oneOf("kind", FILE_KINDS).describe("Kind of the files.");

const band = z.strictObject({
  ranks: count(FILES).describe("Files of ranks that follow each other."),
  kinds: z
    .array(
      z.strictObject({
        kind: kind(),
        files: count(FILES).describe("Files of the kind among them."),
        sizes: table().describe(
          "Bytes: shares of the files with the size that they do not exceed.",
        ),
      }),
    )
    .describe("What these files are; their numbers sum to the ranks."),
});

const files = z.strictObject({
  count: count(FILES).describe("Files, whatever the scale."),
  popularity: z
    .array(
      z.strictObject({
        from: ratio({ min: 1, max: FILES.max }).describe("Rank at which the piece begins."),
        exponent: ratio(EXPONENT).describe("Requests fall as the rank to the power of minus this."),
      }),
    )
    .min(1)
    .describe("How requests spread over the ranks; the first piece begins at rank 1."),
  bands: z.array(band).min(1).describe("Files by rank, the most popular first."),
  identical: z
    .strictObject({
      large: ratio(SHARE).describe("Of the files of at least 1 MB."),
      small: ratio(SHARE).describe("Of the smaller files."),
    })
    .describe("Share of the files of at least 1 MB, and below, that are identical to another."),
});

const arrivals = z.strictObject({
  days: z.array(ratio(NOT_NEGATIVE)).min(1).describe("Visits on each day without the crowds."),
  hours: z.array(ratio(NOT_NEGATIVE)).length(24).describe("Factor of each hour of the day."),
  crowds: z
    .array(
      z.strictObject({
        at: quantity("duration", NOT_NEGATIVE).describe("Seconds from the start of the window."),
        end: quantity("duration", POSITIVE).describe("Seconds from the start of the window."),
        visits: ratio(NOT_NEGATIVE).describe("Visits that come on top."),
        halfLife: quantity("duration", POSITIVE).describe("Seconds in which the crowd halves."),
      }),
    )
    .describe("Flash crowds."),
});

const customers = z.strictObject({
  count: count({ min: 1, max: 100_000_000 }).describe("Customers at scale 1."),
  visits: table().describe("Visits of a customer in the window."),
  requests: z
    .strictObject({
      classOf: z
        .array(count({ min: 0, max: 1000 }))
        .min(1)
        .describe("The table of each six hours of the window, from 0 on."),
      tables: z.array(table()).min(1).describe("Requests of a visit."),
    })
    .describe("Requests of a visit, by when it starts."),
  gaps: table().describe("Seconds between two requests of a visit; empty if there are none."),
  again: ratio(SHARE).describe("Chance that a request repeats the one before it in the visit."),
});

const transfer = z.strictObject({
  kind: kind(),
  partial: ratio(SHARE).describe("Share of the kind's requests that take less than the file."),
  taken: table().describe("Share of the file that these take; empty if there are none."),
});

export const fittedSchema = withLengths(
  withSums(
    z.strictObject({
      trace: oneOf("trace", ["fitted"]).describe(
        "The recipe makes a trace like the one fitted to.",
      ),
      title: text().describe("One line that says what the trace stands for."),
      seed: seedField(),
      scale: scaleField().describe("Multiplies the customers, and so requests; files stay."),
      window: quantity("duration", POSITIVE).describe("Seconds that the trace covers."),
      epoch: field({ type: ["number", "null"] }, (value, complain) =>
        value === null || Number.isFinite(value)
          ? { unix: value as number | null }
          : complain({ kind: "expected", what: "a Unix time in seconds or null" }),
      )
        .transform(({ unix }) => unix)
        .describe("Unix time of the start, by which days and hours are told; null without a date."),
      files: files.describe("What is there and how popular it is."),
      arrivals: arrivals.describe("When visits start."),
      customers: customers.describe("Who comes, how often and for how much."),
      transfers: z.array(transfer).describe("Downloads of parts of files, by kind."),
    }),
  ),
) satisfies z.ZodType<FittedRecipe>;

/** A table of shares and values, both rising. */
function table() {
  const pair = { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 };
  return field({ type: "array", items: pair }, (value, complain): QuantileTable | undefined => {
    if (!Array.isArray(value)) return complain({ kind: "expected", what: "a list of pairs" });
    for (const [at, point] of value.entries()) {
      if (!isPoint(point)) return wrong("a share and a positive number", complain, at);
      const before = value[at - 1];
      const isRising = at === 0 || (point[0] > before[0] && point[1] >= before[1]);
      if (!isRising) return wrong("shares and values that rise", complain, at);
    }
    return value;
  });
}

function wrong(what: string, complain: Complain, at: number): undefined {
  return complain({ kind: "expected", what }, at);
}

function isPoint(point: unknown): point is [number, number] {
  const isPair = Array.isArray(point) && point.length === 2;
  const isNumeric = isPair && point.every((number) => Number.isFinite(number));
  return isNumeric && point[0] >= 0 && point[0] <= 1 && point[1] > 0;
}

/** Lists whose lengths follow from other fields. */
function withLengths<Schema extends z.ZodType<FittedRecipe>>(schema: Schema): Schema {
  const needs = [["window"], ["epoch"], ["arrivals", "days"], ["customers", "requests"]];
  return withRule(schema, needs, (recipe, complainAt) => {
    const { classOf, tables } = recipe.customers.requests;
    const days = emptySeries(recipe, DAY).values.length;
    const parts = partsOf(recipe).values.length;
    const wrong = (path: string[], what: string) =>
      complainAt(path, { kind: "expected", what: `${what}, as many as the window touches` });
    if (recipe.arrivals.days.length !== days) wrong(["arrivals", "days"], `${days} days`);
    if (classOf.length !== parts) {
      wrong(["customers", "requests", "classOf"], `${parts} parts of six hours`);
    }
    for (const [at, number] of classOf.entries()) {
      if (number < tables.length) continue;
      const rule = `not the number of one of ${tables.length} tables, from 0`;
      complainAt(["customers", "requests", "classOf", at], { kind: "invalid", rule });
    }
  });
}

/** Numbers of files that must agree with each other. */
function withSums<Schema extends z.ZodType<FittedRecipe>>(schema: Schema): Schema {
  return withRule(schema, [["files"]], ({ files: { count, bands } }, complainAt) => {
    const ranks = bands.reduce((sum, each) => sum + each.ranks, 0);
    if (ranks !== count) {
      complainAt(["files", "count"], {
        kind: "invalid",
        rule: `not the ${ranks} ranks of the bands`,
      });
    }
    for (const [at, each] of bands.entries()) {
      const sum = each.kinds.reduce((total, { files }) => total + files, 0);
      if (sum === each.ranks) continue;
      const rule = `not the ${sum} files of its kinds`;
      complainAt(["files", "bands", at, "ranks"], { kind: "invalid", rule });
    }
  });
}
