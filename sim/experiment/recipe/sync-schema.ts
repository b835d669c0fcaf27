/** The format of recipes of synchronisations. */
import * as z from "zod";
import type { SyncRecipe } from "../../workload/synth/recipe.ts";
import {
  count,
  NOT_NEGATIVE,
  oneOf,
  POSITIVE,
  quantity,
  ratio,
  SHARE,
  text,
} from "../config/field.ts";
import { withRule } from "../config/rule.ts";
import { scaleField, seedField, wholeDays } from "./fields.ts";

const DAY = 86_400;

const traced = withRule(
  z.strictObject({
    mean: quantity("duration", POSITIVE).prefault("1.81 h").describe("Mean of all days."),
    max: quantity("duration", POSITIVE).prefault("20.53 h").describe("The longest day."),
    min: quantity("duration", NOT_NEGATIVE)
      .prefault("0.54 h")
      .describe("The shortest day, taken to be the walk through the list of files alone."),
  }),
  [["mean"], ["max"], ["min"]],
  ({ mean, max, min }, complainAt) => {
    const isIn = min <= mean && mean <= max;
    if (!isIn) complainAt(["mean"], { kind: "invalid", rule: `not in [${min}, ${max}] seconds` });
  },
);

export const syncSchema = withRule(
  z.strictObject({
    trace: oneOf("trace", ["sync"]).describe("The recipe makes a trace of synchronisations."),
    title: text().describe("One line that says what the trace stands for."),
    seed: seedField(),
    scale: scaleField().describe("Multiplies files, bytes and links alike; hours stay."),
    window: wholeDays("35 d").describe(
      "Seconds that the trace covers, whole days. By default as many as the abstract's.",
    ),
    nodes: count({ min: 1, max: 10_000 })
      .prefault(40)
      .describe("Edge nodes. By default around forty, as the abstract says."),
    complete: ratio(SHARE)
      .prefault(0.5)
      .describe(
        "Share of the nodes that mirror the whole repository. The abstract only says that there " +
          "are complete and partial mirrors; the default is an assumption.",
      ),
    leastCoverage: ratio(SHARE)
      .prefault(0.1)
      .describe(
        "Smallest share of the repository that a partial mirror holds. By default one of ten " +
          "distributions.",
      ),
    traced: traced
      .prefault({})
      .describe(
        "Seconds a day that the traced node, the first, synchronises. By default as the abstract says.",
      ),
    spread: ratio({ min: 0, max: 3 })
      .prefault(0.8)
      .describe(
        "Standard deviation of the logarithm of what is new on an ordinary day. The default is an " +
          "assumption.",
      ),
    link: quantity("rate", POSITIVE)
      .prefault("75 Mbit/s")
      .describe(
        "Bytes per second that the traced node receives. By default so many that 1.5 % of 2.86 TB, " +
          "what changes in a day (apt-p2p, INFOCOM 2009), takes the mean day without its walk.",
      ),
    linkSpread: ratio({ min: 0, max: 3 })
      .prefault(0.5)
      .describe(
        "Standard deviation of the logarithm of the other nodes' links. The default is an " +
          "assumption: two thirds lie within a factor of 1.6.",
      ),
    first: quantity("duration", { min: 0, max: DAY })
      .prefault("2 h")
      .describe("Seconds from midnight to the traced node's synchronisation; an assumption."),
    starts: quantity("duration", { min: 0, max: DAY })
      .prefault("4 h")
      .describe("Seconds over which the others' daily starts are spread after it; an assumption."),
    fileSize: quantity("size", POSITIVE)
      .prefault("1.3 MB")
      .describe(
        "Mean bytes of a file transferred. By default the abstract's bytes over its files.",
      ),
  }),
  [["traced"], ["first"]],
  ({ traced, first }, complainAt) => {
    if (first + traced.max <= DAY) return;
    const rule = "the longest day would not end on the day on which it began";
    complainAt(["first"], { kind: "invalid", rule });
  },
) satisfies z.ZodType<SyncRecipe>;
