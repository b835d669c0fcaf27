import { csvFormatRows } from "d3-dsv";
import { METRICS } from "../metrics/metric.ts";
import { DELAY_SHARES } from "../metrics/recorder.ts";
import type { Experiment } from "./config/experiment.ts";
import type { CellRuns } from "./run-experiment.ts";

type Cells = readonly CellRuns[];

/** The row files of an experiment, by file name: CSV with a header, units in the column names. */
export function rowFiles(experiment: Experiment, all: Cells): Map<string, string> {
  return new Map([
    ["replications.csv", csv(["policies", "replication", "metric", "unit", "value"], metrics(all))],
    [
      "server-rate.csv",
      csv(["policies", "replication", "time_s", "rate_bytes_per_s"], rates(experiment, all)),
    ],
    ["delay.csv", csv(["policies", "replication", "share", "delay_s"], delays(all))],
    [
      "load.csv",
      csv(["policies", "replication", "volunteer", "class", "load"], loads(experiment, all)),
    ],
    ["decisions.csv", csv(["policies", "replication", "reason", "count"], decisions(all))],
  ]);
}

/** The class of each volunteer, by its number. */
export function volunteerClasses({ system }: Pick<Experiment, "system">): string[] {
  return system.volunteers.flatMap(({ name, count }) => Array.from({ length: count }, () => name));
}

function metrics(all: Cells) {
  return rowsOf(all, (run) =>
    METRICS.map(({ name, unit }) => [name, unit, run.metrics[name] ?? ""]),
  );
}

function rates({ measure }: Experiment, all: Cells) {
  return rowsOf(all, ({ serverRate }) =>
    Array.from(serverRate, (rate, i) => [i * measure.bin, rate]),
  );
}

function delays(all: Cells) {
  return rowsOf(all, (run) => Array.from(run.delays, (delay, i) => [DELAY_SHARES[i], delay]));
}

function loads(experiment: Experiment, all: Cells) {
  const classes = volunteerClasses(experiment);
  return rowsOf(all, (run) => Array.from(run.loads, (load, i) => [i, classes[i], load]));
}

function decisions(all: Cells) {
  return rowsOf(all, ({ reasons }) => Object.entries(reasons).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Rows of every run, each headed by its cell and its replication. */
function rowsOf(
  all: Cells,
  rows: (run: CellRuns["runs"][number]) => readonly (readonly (string | number)[])[],
): (string | number)[][] {
  return all.flatMap(({ cell, runs }) =>
    runs.flatMap((run, replication) => rows(run).map((row) => [cell.label, replication, ...row])),
  );
}

function csv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `${csvFormatRows([header, ...rows].map((row) => row.map(String)))}\n`;
}
