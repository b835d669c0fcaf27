/** The format of recipes of downloads. */
import * as z from "zod";
import type { AccessRecipe, MajorRelease, ReleasesRecipe } from "../../workload/synth/recipe.ts";
import { WEEKDAYS } from "../config/experiment.ts";
import { NOT_NEGATIVE, oneOf, quantity, ratio, SHARE, text } from "../config/field.ts";
import { withRule } from "../config/rule.ts";
import { catalogueSchema } from "./catalogue-schema.ts";
import { demandSchema, transfersSchema } from "./demand-schema.ts";
import { scaleField, seedField, wholeDays } from "./fields.ts";

const majorRelease = z.strictObject({
  name: text().describe("What it is."),
  distribution: text().describe("Name of the distribution whose release it is."),
  at: quantity("duration", NOT_NEGATIVE).describe("Seconds from the start of the window."),
  packages: ratio(SHARE)
    .prefault(0.15)
    .describe(
      "Share of the distribution's packages that get a new version. The default is an assumption: " +
        "a service pack's, or ten days of ordinary changes at once.",
    ),
  images: ratio(SHARE)
    .prefault(0)
    .describe("Share of the distribution's images that are new; one at least, unless it is 0."),
}) satisfies z.ZodType<MajorRelease>;

const releases = z.strictObject({
  churn: ratio({ min: 0, max: 0.1 })
    .prefault(0.015)
    .describe(
      "Share of a suite's packages that get a new version a day. By default as of Debian's bytes " +
        "in 2008 (apt-p2p, INFOCOM 2009).",
    ),
  at: quantity("duration", { min: 0, max: 86_400 })
    .prefault("10 h")
    .describe("Seconds from midnight to a weekly release. The default is an assumption."),
  major: z
    .array(majorRelease)
    .prefault([])
    .describe("Releases that many machines want at once. None if absent."),
}) satisfies z.ZodType<ReleasesRecipe>;

export const accessSchema = withMajorRules(
  z.strictObject({
    trace: oneOf("trace", ["access"]).describe("The recipe makes a trace of downloads."),
    title: text().describe("One line that says what the trace stands for."),
    seed: seedField(),
    scale: scaleField().describe(
      "Multiplies files, bytes, customers and so requests; shapes stay as they are.",
    ),
    window: wholeDays("10 d").describe(
      "Seconds that the trace covers, whole days. By default as many as the abstract's logs.",
    ),
    weekday: oneOf("weekday", WEEKDAYS)
      .prefault("monday")
      .describe("Day of the week on which the window starts, at midnight."),
    catalogue: catalogueSchema.describe("The repository."),
    releases: releases.prefault({}).describe("What is new, and when."),
    demand: demandSchema.prefault({}).describe("What customers ask for."),
    transfers: transfersSchema.prefault({}).describe("How downloads go."),
  }),
) satisfies z.ZodType<AccessRecipe>;

function withMajorRules<Schema extends z.ZodType<AccessRecipe>>(schema: Schema): Schema {
  const needs = [["catalogue", "distributions"], ["releases", "major"], ["window"]];
  return withRule(schema, needs, ({ catalogue, releases, window }, complainAt) => {
    const known = catalogue.distributions.map(({ name }) => name);
    for (const [index, { distribution: found, at }] of releases.major.entries()) {
      if (!known.includes(found)) {
        const complaint = { kind: "unknown", what: "distribution", found, known } as const;
        complainAt(["releases", "major", index, "distribution"], complaint);
      }
      if (at < window) continue;
      const rule = `not in [0, ${window}) seconds, the window`;
      complainAt(["releases", "major", index, "at"], { kind: "invalid", rule });
    }
  });
}
