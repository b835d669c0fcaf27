/** The format of experiment files: the one source of fields, defaults, ranges and rules. */
import * as z from "zod";
import { SYNC_METHODS } from "../../model/system.ts";
import { type AnyFamily, familyOf } from "../../policies/index.ts";
import { ALL_TABLES, TABLE_NAMES } from "../../rows/tables.ts";
import { byFamily } from "./cells.ts";
import { checkSchema } from "./check-schema.ts";
import {
  type Axis,
  BOUND_KINDS,
  type CompareSpec,
  type Experiment,
  HOST,
  type PolicyFamily,
} from "./experiment.ts";
import {
  count,
  field,
  flag,
  NOT_NEGATIVE,
  oneOf,
  oneOrMore,
  orElse,
  POSITIVE,
  quantity,
  text,
} from "./field.ts";
import type { Locate } from "./input-file.ts";
import { changesField, type WrittenChange } from "./phases/changes-field.ts";
import { membersOf, type PolicyRegistry, policyChoices } from "./policy-field.ts";
import { withRule } from "./rule.ts";
import { systemSchema } from "./system-schema.ts";
import { untilSchema, withUntilRule } from "./until-schema.ts";
import { rangesField } from "./value-range.ts";
import { VARY_JSON } from "./vary/vary-json.ts";
import { workloadSchema } from "./workload-schema.ts";

/** The schema of an experiment that varies along `axes`, at one level of each. */
export function experimentSchema(
  registry: PolicyRegistry,
  locate: Locate,
  axes: readonly Axis[] = [],
) {
  const policies = z.strictObject(byFamily((family) => policyField(familyOf(family), registry)));
  const measure = z.strictObject({
    from: quantity("duration", NOT_NEGATIVE)
      .prefault(0)
      .describe(
        "Seconds from the start of the window before which nothing is measured. What the system has " +
          "become by then is kept: the way to warm up, of traces and flash crowds, too.",
      ),
    horizon: quantity("duration", POSITIVE)
      .prefault("12 h")
      .describe(
        "Seconds at which a visit, or a request, stands in all measures that has failed or takes longer, " +
          "so that failures never look fast.",
      ),
    bin: quantity("duration", POSITIVE)
      .prefault("5 min")
      .describe("Width of the bins of time series, in seconds."),
    beliefs: flag()
      .prefault(false)
      .describe(
        "Whether what the server believes of transfers in flight is compared with the truth at every " +
          "decision, which takes time: the metrics named belief.",
      ),
    bound: oneOf("bound", BOUND_KINDS)
      .prefault("alone")
      .describe(
        "What the time of visits is compared with, that no dispatch policy could beat: nothing, each " +
          "visit alone, or all together, which is tighter and takes from seconds to minutes a run.",
      ),
    rows: rowsField()
      .optional()
      .describe(
        "Tables that are left with a row for each thing that happened, beside the results, or all. They " +
          "change no result; experiments/rows.md tells of each.",
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
    until: untilSchema
      .optional()
      .describe(
        "Adds replications until every 95 % interval of a metric is narrow enough: each cell's, and " +
          "each difference's to the baseline.",
      ),
    system: systemSchema.describe("The machines and the links between them."),
    workload: workloadSchema(locate).describe("What customers ask for, and when."),
    policies: policies.describe("What decides: what is run is the product of the lists."),
    changes: changesField
      .optional()
      .describe("What changes while the simulation runs: volunteers come and go, links, policies."),
    measure: measure.prefault({}).describe("What is measured."),
    compare: orElse(compareSchema(axes), null).describe(
      "What results are compared with. Nothing if absent.",
    ),
    check: checkSchema
      .optional()
      .describe("What sim check forgives, and how often it runs each cell. It changes no result."),
    ranges: rangesField()
      .optional()
      .describe(
        "Ranges by the paths of fields, in which sim worst looks for scenarios. They change no result.",
      ),
    // Its levels have been put into the document by now: here it only has a place.
    vary: field(VARY_JSON, () => null)
      .optional()
      .describe("Axes along which settings vary: what is run is the product of their levels."),
  });
  const ruled = withUntilRule(withBaselineRule(withTimeRules(experiment), axes));
  return ruled.transform(
    ({
      workload,
      vary: _,
      ranges: _ranges,
      until,
      check,
      measure: all,
      changes,
      ...rest
    }): Written => {
      const optional = {
        ...(changes === undefined ? {} : { changes }),
        ...(until === undefined ? {} : { until }),
        ...(check === undefined ? {} : { check }),
      };
      const { rows, ...always } = all;
      const measure = rows === undefined ? always : { ...always, rows };
      return { ...rest, ...optional, measure, workload: workload.spec, window: workload.window };
    },
  );
}

/** An experiment without its name, whose changes have not been made. */
type Written = Omit<Experiment, "name"> & { readonly changes?: readonly WrittenChange[] };

/** Names of tables, each once and in their own order; `all` for every one. */
function rowsField() {
  return oneOrMore("table", [ALL_TABLES, ...TABLE_NAMES]).transform((names) =>
    TABLE_NAMES.filter((name) => names.includes(ALL_TABLES) || names.includes(name)),
  );
}

/** The choices of one family's policies, which may leave the decision to the host. */
function policyField(family: AnyFamily<PolicyFamily>, registry: PolicyRegistry) {
  const { decides, whenAbsent } = family;
  const members = membersOf(family, registry);
  const text = `${decides[0].toUpperCase()}${decides.slice(1)}: one policy or a list.`;
  if (whenAbsent === "required") return policyChoices(members).describe(text);
  if ("policy" in whenAbsent) {
    const { policy } = whenAbsent;
    return policyChoices(members).prefault(policy).describe(`${text} By default '${policy}'.`);
  }
  const host = { name: HOST, summary: whenAbsent.host, params: {} };
  return policyChoices({ ...members, known: [host, ...members.known] })
    .prefault(HOST)
    .describe(`${text} By default ${whenAbsent.host}.`);
}

function compareSchema(axes: readonly Axis[]) {
  const fields = axes.map(({ name, levels }) => [name, orElse(levelOf(levels), null)]);
  const compare = z.strictObject({
    dispatch: orElse(text(), null).describe(
      "Name of the dispatch policy that all others are compared with.",
    ),
    synchronisation: orElse(oneOf("method", SYNC_METHODS), null).describe(
      "Name of the method of synchronisation that all others are compared with.",
    ),
    // What TypeScript cannot know by name is taken apart below.
    ...(Object.fromEntries(fields) as object),
  });
  return compare.transform(({ dispatch, synchronisation, ...byAxis }): CompareSpec => {
    if (axes.length === 0) return { dispatch, synchronisation };
    const levels = Object.entries(byAxis as Readonly<Record<string, string | null>>);
    const named = levels.filter((entry): entry is [string, string] => entry[1] !== null);
    return { dispatch, synchronisation, levels: Object.fromEntries(named) };
  });
}

/** One of an axis's levels, which may be written as the number that it is. */
function levelOf(levels: readonly string[]) {
  return field({ enum: levels }, (value, complain) => {
    const isNumber = typeof value === "number" || typeof value === "boolean";
    const found = isNumber ? String(value) : value;
    const level = levels.find((candidate) => candidate === found);
    if (level !== undefined) return level;
    return typeof found === "string"
      ? complain({ kind: "unknown", what: "level", found, known: levels })
      : complain({ kind: "expected", what: `one of ${levels.join(", ")}` });
  });
}

/** The parsed parts that rules speak about. */
interface Parts extends Pick<Experiment, "compare" | "policies" | "system"> {
  readonly measure: Pick<Experiment["measure"], "from">;
  readonly workload: Pick<Experiment, "window">;
  readonly changes?: readonly WrittenChange[] | undefined;
}

/** What is measured, and what changes, lies in the window. */
function withTimeRules<Schema extends z.ZodType<Pick<Parts, "measure" | "workload" | "changes">>>(
  schema: Schema,
): Schema {
  const from = [
    ["measure", "from"],
    ["workload", "window"],
  ];
  const measured = withRule(schema, from, ({ measure, workload }, complainAt) => {
    const { window } = workload;
    if (window === null || measure.from < window) return;
    const rule = `not in [0, ${window}) seconds, the window`;
    complainAt(["measure", "from"], { kind: "invalid", rule });
  });
  const times = [["changes"], ["workload", "window"]];
  return withRule(measured, times, ({ changes = [], workload }, complainAt) => {
    const window = workload.window ?? Number.POSITIVE_INFINITY;
    for (const [index, { at }] of changes.entries()) {
      const rule = `not in (0, ${window}) seconds, the window`;
      if (at >= window) complainAt(["changes", index, "at"], { kind: "invalid", rule });
    }
  });
}

function withBaselineRule<Schema extends z.ZodType<Pick<Parts, "compare" | "policies" | "system">>>(
  schema: Schema,
  axes: readonly Axis[],
): Schema {
  const needs = [["compare"], ["policies", "dispatch"]];
  const dispatch = withRule(schema, needs, ({ compare, policies }, complainAt) => {
    if (compare !== null && namesNothing(compare)) {
      const known = ["dispatch", "synchronisation", ...axes.map(({ name }) => name)];
      const text = `missing ${known.slice(0, -1).join(", ")} or ${known.at(-1)}`;
      complainAt(["compare"], { kind: "other", text });
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

function namesNothing({ dispatch, synchronisation, levels = {} }: CompareSpec): boolean {
  return dispatch === null && synchronisation === null && Object.keys(levels).length === 0;
}
