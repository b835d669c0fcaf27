import { csvFormatRows } from "d3-dsv";
import { METRICS } from "../metrics/metric.ts";
import { DELAY_SHARES } from "../metrics/recorder.ts";
import { type Experiment, type Variant, variantsOf } from "./config/experiment.ts";
import type { CellRuns } from "./run-experiment.ts";

type Cells = readonly CellRuns[];

/** The row files of an experiment, by file name: CSV with a header, units in the column names. */
export function rowFiles(experiment: Experiment, all: Cells): Map<string, string> {
  const axes = (experiment.vary?.axes ?? []).map(({ name }) => name);
  const file = (columns: readonly string[], rows: RowsOf) =>
    csv([...axes, "policies", "replication", ...columns], rowsOf(all, axes, rows));
  return new Map([
    ["replications.csv", file(["metric", "unit", "value"], metrics)],
    ["server-rate.csv", file(["time_s", "rate_bytes_per_s"], rates(experiment))],
    ["delay.csv", file(["share", "delay_s"], delays)],
    ["load.csv", file(["volunteer", "class", "load"], loads(experiment))],
    ["sync-hours.csv", file(["day", "mean_h", "least_h", "most_h"], syncHours)],
    ["decisions.csv", file(["reason", "count"], decisions)],
  ]);
}

/** The class of each volunteer, by its number. */
export function volunteerClasses({ system }: Pick<Variant, "system">): string[] {
  return system.volunteers.flatMap(({ name, count }) => Array.from({ length: count }, () => name));
}

/** The rows of one run, without what heads all rows. */
type RowsOf = (
  run: CellRuns["runs"][number],
  cell: CellRuns["cell"],
) => readonly (readonly (string | number)[])[];

const metrics: RowsOf = (run) =>
  METRICS.map(({ name, unit }) => [name, unit, run.metrics[name] ?? ""]);

function rates({ measure }: Experiment): RowsOf {
  return ({ serverRate }) => Array.from(serverRate, (rate, i) => [i * measure.bin, rate]);
}

const delays: RowsOf = (run) => Array.from(run.delays, (delay, i) => [DELAY_SHARES[i], delay]);

function loads(experiment: Experiment): RowsOf {
  const classes = variantsOf(experiment).map(volunteerClasses);
  return (run, { variant }) => Array.from(run.loads, (load, i) => [i, classes[variant][i], load]);
}

/** Hours a day over the volunteers. */
const syncHours: RowsOf = ({ syncDays: { mean, least, most } }) =>
  Array.from(mean, (hours, day) => [day + 1, hours, least[day], most[day]]);

const decisions: RowsOf = ({ reasons }) =>
  Object.entries(reasons).sort(([a], [b]) => (a < b ? -1 : 1));

/** Rows of every run, each headed by its levels, its policies and its replication. */
function rowsOf(all: Cells, axes: readonly string[], rows: RowsOf): (string | number)[][] {
  return all.flatMap(({ cell, runs }) => {
    const head = [...axes.map((axis) => cell.levels[axis]), cell.policy];
    return runs.flatMap((run, replication) =>
      rows(run, cell).map((row) => [...head, replication, ...row]),
    );
  });
}

function csv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `${csvFormatRows([header, ...rows].map((row) => row.map(String)))}\n`;
}
