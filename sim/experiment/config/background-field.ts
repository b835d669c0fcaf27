import * as z from "zod";
import type { BackgroundTraffic, RateByDay } from "../../model/system.ts";
import {
  type Complain,
  field,
  NOT_NEGATIVE,
  orElse,
  quantityJson,
  readQuantityIn,
} from "./field.ts";

const DAY = 86_400;

/** What others send through a machine's or a site's links. */
export const backgroundTraffic = z
  .strictObject({
    uplink: orElse(rateByDay(), null).describe(
      "Traffic of others away from it: a rate, or steps of a day. None if absent.",
    ),
    downlink: orElse(rateByDay(), null).describe("Traffic of others towards it, likewise."),
  })
  .prefault({})
  .describe(
    "Traffic that is not simulated and is served first.",
  ) satisfies z.ZodType<BackgroundTraffic>;

/** A rate, or a list of steps: the rate from each time of day on. */
function rateByDay() {
  const rate = quantityJson("rate", NOT_NEGATIVE);
  const step = {
    type: "object",
    properties: { at: quantityJson("duration", { min: 0, max: DAY }), rate },
    required: ["at", "rate"],
    additionalProperties: false,
  };
  return field(
    { anyOf: [rate, { type: "array", items: step, minItems: 1 }] },
    (value, complain): RateByDay | undefined => {
      if (Array.isArray(value)) return readSteps(value, complain);
      const always = readQuantityIn(value, "rate", NOT_NEGATIVE, complain);
      return always === undefined ? undefined : [{ at: 0, rate: always }];
    },
  );
}

function readSteps(items: readonly unknown[], complain: Complain): RateByDay | undefined {
  if (items.length === 0) return complain({ kind: "expected", what: "at least one step" });
  const steps = items.map((item, index) =>
    readStep(item, (complaint, ...path) => complain(complaint, index, ...path)),
  );
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, step] of steps.entries()) {
    if (step === undefined) continue;
    const rule =
      index === 0 && step.at !== 0
        ? "the first step is at 0 seconds"
        : step.at <= before || step.at >= DAY
          ? `not in (${before}, ${DAY}) seconds: steps rise within a day`
          : null;
    if (rule !== null) complain({ kind: "invalid", rule }, index, "at");
    before = step.at;
  }
  return steps.filter((step) => step !== undefined);
}

function readStep(item: unknown, complain: Complain): RateByDay[number] | undefined {
  const isMapping = typeof item === "object" && item !== null && !Array.isArray(item);
  if (!isMapping) return complain({ kind: "expected", what: "a mapping of at and rate" });
  const { at, rate, ...others } = item as Readonly<Record<string, unknown>>;
  for (const found of Object.keys(others)) {
    complain({ kind: "unknown", what: "field", found, known: ["at", "rate"] }, found);
  }
  const inside =
    (name: string): Complain =>
    (complaint) =>
      complain(complaint, name);
  const time = readQuantityIn(at, "duration", NOT_NEGATIVE, inside("at"));
  const speed = readQuantityIn(rate, "rate", NOT_NEGATIVE, inside("rate"));
  return time === undefined || speed === undefined ? undefined : { at: time, rate: speed };
}
