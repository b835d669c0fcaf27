import { mean } from "d3-array";
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
import { SHARES } from "../metrics/recorder.ts";
import { formatTime } from "../report/format.ts";
import type { ChunkSizeRow, MetricRow, ReportData, Variation } from "../report/report-data.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import type { Note } from "./note.ts";
import { reportCourse } from "./report-course.ts";
import { volunteerClasses } from "./rows.ts";
import type { Summary } from "./summary.ts";

/** Turns the results of an experiment into the rows of its report. */
export function reportData(run: {
  readonly experiment: Experiment;
  readonly notes: readonly Note[];
  readonly all: readonly CellRuns[];
  readonly summary: Summary;
  readonly answer: string;
  readonly origin: Manifest;
}): ReportData {
  const { experiment, notes, all, summary, answer, origin } = run;
  const axes = summary.axes.filter(({ levels }) => levels.length > 1);
  return {
    experiment: experiment.name,
    title: experiment.title,
    question: experiment.question,
    answer,
    facts: facts(experiment, origin, all),
    notes: notes.map(({ text }) => text),
    policies: all.map(({ cell }) => cell.label),
    baseline: summary.baseline,
    metrics: metricRows(summary),
    ...reportCourse(experiment, all),
    own: ownPolicies(all),
    delay: all.flatMap(delayCurve),
    load: all.flatMap((cell) => loads(experiment, cell)),
    chunkSizes: all.flatMap((cell) => chunkSizeRow(cell, axes)),
    ...(axes.length === 0 ? {} : { variation: variation(axes, all) }),
  };
}

/** Policies of the user's own, without their levels: readers look for these first. */
function ownPolicies(all: readonly CellRuns[]): string[] {
  const isOwn = ({ cell }: CellRuns) =>
    POLICY_FAMILIES.some((family) => cell[family].own !== undefined);
  return [...new Set(all.filter(isOwn).map(({ cell }) => cell.policy))];
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
  return METRICS.map(({ name, unit, summary: text, better }) => ({
    name,
    unit,
    summary: text,
    better,
    values: summary.cells.flatMap(({ label, metrics, differences, against, pHolm }) => {
      const interval = metrics[name];
      if (interval === null) return [];
      const difference = differences?.[name] ?? null;
      const adjusted = { pHolm: pHolm?.[name] ?? null };
      return [{ policy: label, ...interval, difference, ...adjusted, against }];
    }),
  })).filter(({ values }) => values.length > 0);
}

/** The quantile curve of the delay, averaged over the replications. */
function delayCurve({ cell, runs }: CellRuns): ReportData["delay"] {
  const complete = runs.filter(({ delays }) => delays.length > 0);
  if (complete.length === 0) return [];
  return SHARES.map((share, at) => ({
    policy: cell.label,
    share,
    delay: mean(complete, ({ delays }) => delays[at]) ?? 0,
  }));
}

function loads(experiment: Experiment, { cell, runs }: CellRuns): ReportData["load"] {
  return volunteerClasses(variantsOf(experiment)[cell.variant]).map((name, volunteer) => ({
    policy: cell.label,
    volunteer,
    class: name,
    utilisation: mean(runs, (run) => run.loads[volunteer]) ?? 0,
  }));
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
