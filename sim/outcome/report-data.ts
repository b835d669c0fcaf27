import { mean, sort } from "d3-array";
import {
  type Axis,
  type Experiment,
  POLICY_FAMILIES,
  variantsOf,
} from "../experiment/config/experiment.ts";
import { axisNumbers } from "../experiment/config/vary/axis-numbers.ts";
import { levelLabel } from "../experiment/level-label.ts";
import type { Manifest } from "../experiment/manifest.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { formatTime } from "../report/format.ts";
import type { ChunkSizeRow, MetricRow, ReportData, Variation } from "../report/report-data.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { answerTable, namedIn } from "./answer-table.ts";
import type { Note } from "./note.ts";
import { reportCourse } from "./report-course.ts";
import { reportDecisions } from "./report-decisions.ts";
import { reportDistributions } from "./report-distributions.ts";
import { volunteerClasses } from "./rows.ts";
import { changeTimes } from "./setup/changes.ts";
import { setupData } from "./setup/setup.ts";
import type { WorkloadFacts } from "./setup/workload-facts.ts";
import { type Summary, shownCells } from "./summary.ts";
import { winners } from "./winners.ts";

/** Turns the results of an experiment into the rows of its report. */
export function reportData(run: {
  readonly experiment: Experiment;
  readonly notes: readonly Note[];
  readonly all: readonly CellRuns[];
  readonly summary: Summary;
  readonly answer: string;
  readonly work: WorkloadFacts | null;
  readonly origin: Manifest;
}): ReportData {
  const { experiment, notes, summary, answer, work, origin } = run;
  const alike = new Map(shownCells(summary).map((cell) => [cell.label, cell.alike]));
  const all = run.all.filter(({ cell }) => alike.has(cell.label));
  const axes = summary.axes.filter(({ levels }) => levels.length > 1);
  return {
    experiment: experiment.name,
    title: experiment.title,
    question: experiment.question,
    setup: setupData(experiment, summary.replications, work),
    answer,
    answerTable: answerTable(summary),
    named: namedIn(summary),
    facts: facts(experiment, origin, run.all),
    notes: notes.map(({ text }) => text),
    replications: summary.replications,
    policies: all.map(({ cell }) => cell.label),
    also: alsoOf(summary),
    horizon: summary.horizon,
    baseline: summary.baseline,
    metrics: metricRows(summary),
    ...reportCourse(experiment, all),
    own: ownPolicies(run.all, alike),
    ...reportDistributions(all, summary.horizon),
    ...reportDecisions(all),
    load: all.flatMap((cell) => loads(experiment, cell)),
    chunkSizes: all.flatMap((cell) => chunkSizeRow(cell, axes)),
    ...(axes.length === 0 ? {} : { variation: variation(axes, all), winners: winners(summary) }),
    moments: changeTimes(experiment),
  };
}

/** By the label of a cell the others for which it stands: their policies, since their levels are its. */
function alsoOf(summary: Summary): Map<string, readonly string[]> {
  const policyOf = new Map(summary.cells.map(({ label, policy }) => [label, policy]));
  return new Map(
    shownCells(summary)
      .filter(({ alike }) => alike.length > 1)
      .map(({ label, alike }) => [
        label,
        alike.slice(1).map((other) => policyOf.get(other) ?? other),
      ]),
  );
}

/**
 * Policies of the user's own, or that stand for one, without their levels: readers look for these
 * first. `alike` has for each cell shown those for which it stands.
 */
function ownPolicies(
  all: readonly CellRuns[],
  alike: ReadonlyMap<string, readonly string[]>,
): string[] {
  const own = all.filter(({ cell }) =>
    POLICY_FAMILIES.some((family) => cell[family].own !== undefined),
  );
  const labels = new Set(own.map(({ cell }) => cell.label));
  const standing = all.filter(({ cell }) => alike.get(cell.label)?.some((of) => labels.has(of)));
  return [...new Set(standing.map(({ cell }) => cell.policy))];
}

function facts(experiment: Experiment, origin: Manifest, all: readonly CellRuns[]) {
  const events = all.flatMap(({ runs }) => runs.map((run) => run.events));
  const requests = all[0].runs.map(({ metrics }) => metrics["requests.total"] ?? 0);
  return [
    { label: "Command", value: `npx sim run experiments/${experiment.name}.yaml` },
    { label: "Seed", value: String(experiment.seed) },
    { label: "Replications", value: `${all[0].runs.length}, with common random numbers` },
    { label: "Requests measured", value: `${Math.round(mean(requests) ?? 0)} a run, on average` },
    ...(experiment.vary?.axes ?? []).map(({ name, levels }) => ({
      label: `Axis ${name}`,
      value: levels.join(", "),
    })),
    { label: "Window", value: windows(experiment) },
    { label: "Measured from", value: formatTime(experiment.measure.from) },
    { label: "Events simulated", value: String(events.reduce((sum, count) => sum + count, 0)) },
    { label: "Fingerprint", value: origin.fingerprint },
    { label: "mirrorlab", value: `${origin.version}, commit ${origin.commit ?? "unknown"}` },
    { label: "Node", value: origin.node },
    ...Object.entries(origin.inputs).map(([path, digest]) => ({
      label: path,
      value: `SHA-256 ${digest}`,
    })),
  ];
}

function windows(experiment: Experiment): string {
  const told = variantsOf(experiment).map(({ window }) =>
    window === null ? "the log's" : formatTime(window),
  );
  return [...new Set(told)].join(", ");
}

function variation(axes: readonly Axis[], all: readonly CellRuns[]): Variation {
  return {
    axes: axes.map(({ name, levels }) => ({ name, levels, numbers: axisNumbers(levels) })),
    cells: all.map(({ cell: { label, policy, levels } }) => {
      return { label, policy, levels: axes.map(({ name }) => levels[name]) };
    }),
  };
}

function metricRows(summary: Summary): MetricRow[] {
  const standIns = new Map(summary.cells.map(({ label, alike }) => [label, alike[0]]));
  const shownFor = (label: string | null) =>
    label === null ? null : (standIns.get(label) ?? label);
  return METRICS.map(({ name, unit, summary: text, better }) => ({
    name,
    unit,
    summary: text,
    better,
    values: shownCells(summary).flatMap(({ label, metrics, differences, against }) => {
      const interval = metrics[name];
      if (interval === null) return [];
      const difference = differences?.[name] ?? null;
      return [{ policy: label, ...interval, difference, against: shownFor(against) }];
    }),
  })).filter(({ values }) => values.length > 0);
}

/** The volunteers class by class, in the order in which the experiment lists them. */
function loads(experiment: Experiment, { cell, runs }: CellRuns): ReportData["load"] {
  const variant = variantsOf(experiment)[cell.variant];
  const order = new Map(variant.system.volunteers.map(({ name }, at) => [name, at]));
  const rows = volunteerClasses(variant).map((name, volunteer) => ({
    policy: cell.label,
    volunteer,
    class: name,
    utilisation: mean(runs, (run) => run.loads[volunteer]) ?? 0,
  }));
  return sort(rows, (row) => order.get(row.class));
}

/** The row of a cell with chunks of a fixed size in which something was synchronised. */
function chunkSizeRow({ cell, runs }: CellRuns, axes: readonly Axis[]): ChunkSizeRow[] {
  const { chunkSize: chunk } = cell.chunkSize.params;
  if (cell.chunkSize.name !== "fixed" || chunk === undefined) return [];
  const over = (name: MetricName) => mean(runs, ({ metrics }) => metrics[name] ?? Number.NaN);
  const [serverBytes, wireBytes] = [over("sync.serverBytes"), over("sync.wireBytes")];
  const age = over("sync.age");
  if (serverBytes === undefined || wireBytes === undefined || age === undefined) return [];
  const at = axes.map(({ name }) => levelLabel(name, cell.levels[name])).join(", ");
  const row = { policy: cell.label, method: cell.synchronisation, chunk, serverBytes };
  return [{ ...row, wireBytes, age, ...(at === "" ? {} : { at }) }];
}
