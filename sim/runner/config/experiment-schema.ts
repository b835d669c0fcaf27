/** The format of experiment files: the one source of fields, defaults, ranges and rules. */
import * as z from "zod";
import { SYNC_METHODS } from "../../model/system.ts";
import type { Experiment } from "./experiment.ts";
import { count, NOT_NEGATIVE, oneOf, orElse, POSITIVE, quantity, text } from "./field.ts";
import type { Locate } from "./input-file.ts";
import { type PolicyRegistry, policyChoices } from "./policy-field.ts";
import { withRule } from "./rule.ts";
import { systemSchema } from "./system-schema.ts";
import { workloadSchema } from "./workload-schema.ts";

export function experimentSchema(registry: PolicyRegistry, locate: Locate) {
  const policies = z.strictObject({
    dispatch: policyChoices({
      known: registry.dispatch,
      ...(registry.wrapper === undefined ? {} : { before: registry.wrapper }),
    }).describe(
      "Where a request goes: one policy or a list; what is run is the product of the lists.",
    ),
    replication: policyChoices({
      known: registry.replication,
      before: registry.replication,
    }).describe("Which volunteers hold which files: one policy or a list."),
    chunkSize: policyChoices({ known: registry.chunkSize }).describe(
      "How files are cut for synchronisation: one policy or a list.",
    ),
  });
  const measure = z.strictObject({
    from: quantity("duration", NOT_NEGATIVE)
      .prefault(0)
      .describe("Seconds from the start of the window before which nothing is measured."),
    bin: quantity("duration", POSITIVE)
      .prefault(300)
      .describe("Width of the bins of time series, in seconds."),
  });
  const compare = z.strictObject({
    dispatch: orElse(text(), null).describe(
      "Name of the dispatch policy that all others are compared with.",
    ),
    synchronisation: orElse(oneOf("method", SYNC_METHODS), null).describe(
      "Name of the method of synchronisation that all others are compared with.",
    ),
  });
  const experiment = z.strictObject({
    title: text().describe("One line that heads the report."),
    question: text().describe("What the experiment is to answer."),
    seed: count({ min: 0, max: 2 ** 32 - 1 }).describe(
      "All chance of the experiment follows from it.",
    ),
    replications: count({ min: 1, max: 10_000 })
      .prefault(10)
      .describe("Runs of each combination of policies, each with its own chance."),
    system: systemSchema.describe("The machines and the links between them."),
    workload: workloadSchema(locate).describe("What customers ask for, and when."),
    policies: policies.describe("What decides."),
    measure: measure.prefault({}).describe("What is measured."),
    compare: orElse(compare, null).describe("What results are compared with. Nothing if absent."),
  });
  return withBaselineRule(withMeasureRule(experiment));
}

/** The parsed parts that rules speak about. */
interface Parts extends Pick<Experiment, "measure" | "compare" | "policies" | "system"> {
  readonly workload: Pick<Experiment, "window">;
}

function withMeasureRule<Schema extends z.ZodType<Pick<Parts, "measure" | "workload">>>(
  schema: Schema,
): Schema {
  const needs = [
    ["measure", "from"],
    ["workload", "window"],
  ];
  return withRule(schema, needs, ({ measure, workload }, complainAt) => {
    const { window } = workload;
    if (window === null || measure.from < window) return;
    const rule = `not in [0, ${window}) seconds, the window`;
    complainAt(["measure", "from"], { kind: "invalid", rule });
  });
}

function withBaselineRule<Schema extends z.ZodType<Pick<Parts, "compare" | "policies" | "system">>>(
  schema: Schema,
): Schema {
  const needs = [["compare"], ["policies", "dispatch"]];
  const dispatch = withRule(schema, needs, ({ compare, policies }, complainAt) => {
    if (compare !== null && compare.dispatch === null && compare.synchronisation === null) {
      complainAt(["compare"], { kind: "other", text: "missing dispatch or synchronisation" });
    }
    if (compare === null || compare.dispatch === null) return;
    const found = compare.dispatch;
    const names = policies.dispatch.map(({ name }) => name);
    const runs = names.filter((name) => name === found).length;
    if (runs === 0) {
      const known = [...new Set(names)];
      const what = "policy in this experiment";
      complainAt(["compare", "dispatch"], { kind: "unknown", what, found, known });
    }
    if (runs > 1) {
      const rule = `runs ${runs} times with other params, and only one can be the baseline`;
      complainAt(["compare", "dispatch"], { kind: "invalid", rule });
    }
  });
  const methods = [["compare"], ["system", "synchronisation", "method"]];
  return withRule(dispatch, methods, ({ compare, system }, complainAt) => {
    const found = compare?.synchronisation ?? null;
    const known = system.synchronisation.method;
    if (found === null || known.includes(found)) return;
    const what = "method in this experiment";
    complainAt(["compare", "synchronisation"], { kind: "unknown", what, found, known });
  });
}
