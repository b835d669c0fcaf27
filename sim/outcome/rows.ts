import { csvFormatRows } from "d3-dsv";
import { type Experiment, type Variant, variantsOf } from "../experiment/config/experiment.ts";
import { METRICS } from "../metrics/metric.ts";
import { SHARES } from "../metrics/recorder.ts";
import { volunteersOf } from "../model/machines.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { parquetBytes } from "../workload/trace/export/parquet.ts";
import type { Table, TableColumn } from "../workload/trace/export/table.ts";

type Cells = readonly CellRuns[];
type Value = string | number | null;

/** A column before its values: null stands for what a run does not define, among numbers only. */
export type Column = Pick<TableColumn, "name" | "type">;

/** The row files of an experiment, by file name: each table as CSV and as Parquet. */
export function rowFiles(experiment: Experiment, all: Cells): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  for (const [name, table] of rowTables(experiment, all)) {
    files.set(`${name}.csv`, csv(table));
    files.set(`${name}.parquet`, parquetBytes(table));
  }
  return files;
}

/** The rows of an experiment's runs, by the name of their file; units are in the columns' names. */
export function rowTables(experiment: Experiment, all: Cells): Map<string, Table> {
  const head = headColumns(experiment);
  const table = (columns: readonly Column[], rows: RowsOf) =>
    tableOf([...head, ...columns], rowsOf(experiment, all, rows));
  return new Map([
    ["replications", table([text("metric"), text("unit"), number("value")], metrics)],
    ["server-rate", table([number("time_s"), number("rate_bytes_per_s")], rates(experiment))],
    ["visit-times", table([number("share"), number("visit_s")], visitTimes)],
    ["delay", table([number("share"), number("delay_s")], delays)],
    ["load", table([integer("volunteer"), text("class"), number("load")], loads(experiment))],
    [
      "sync-hours",
      table([integer("day"), number("mean_h"), number("least_h"), number("most_h")], syncHours),
    ],
    ["decisions", table([text("reason"), integer("count")], decisions)],
  ]);
}

/** The columns that every table begins with: the axes, what of the policies varies, the replication. */
export function headColumns(experiment: Experiment): Column[] {
  return [...axesOf(experiment).map(axisColumn), text("policies"), integer("replication")];
}

/** What stands in those columns in the rows of a run. */
export function headOf(
  experiment: Experiment,
  cell: CellRuns["cell"],
  replication: number,
): (string | number)[] {
  return [...axesOf(experiment).map(({ name }) => cell.levels[name]), cell.policy, replication];
}

function axesOf({ vary }: Experiment): readonly AxisOf[] {
  return vary?.axes ?? [];
}

/** The class of each volunteer, by its number. */
export function volunteerClasses({ system }: Pick<Variant, "system">): string[] {
  return volunteersOf(system).map(({ spec }) => spec.name);
}

const text = (name: string): Column => ({ name, type: "text" });
const integer = (name: string): Column => ({ name, type: "integer" });
const number = (name: string): Column => ({ name, type: "number" });

type AxisOf = NonNullable<Experiment["vary"]>["axes"][number];

/** A plain number as an experiment writes it. */
const NUMBER = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i;

/** An axis is one of numbers where all its levels are; quantities with units stay as they are named. */
function axisColumn({ name, levels }: AxisOf): Column {
  return levels.every((level) => NUMBER.test(level)) ? number(name) : text(name);
}

/** The rows of one run, without what heads all rows. */
type RowsOf = (run: CellRuns["runs"][number], cell: CellRuns["cell"]) => readonly Value[][];

const metrics: RowsOf = (run) =>
  METRICS.map(({ name, unit }) => [name, unit, run.metrics[name] ?? null]);

function rates({ measure }: Experiment): RowsOf {
  return ({ serverRate }) => Array.from(serverRate, (rate, i) => [i * measure.bin, rate]);
}

const visitTimes: RowsOf = (run) => Array.from(run.visits, (time, i) => [SHARES[i], time]);

const delays: RowsOf = (run) => Array.from(run.delays, (delay, i) => [SHARES[i], delay]);

function loads(experiment: Experiment): RowsOf {
  const classes = variantsOf(experiment).map(volunteerClasses);
  return (run, { variant }) => Array.from(run.loads, (load, i) => [i, classes[variant][i], load]);
}

const syncHours: RowsOf = ({ syncDays: { first, mean, least, most } }) =>
  Array.from(mean, (hours, day) => [day + first, hours, least[day], most[day]]);

const decisions: RowsOf = ({ reasons }) =>
  Object.entries(reasons).sort(([a], [b]) => (a < b ? -1 : 1));

/** Rows of every run, each headed by its levels, its policies and its replication. */
function rowsOf(experiment: Experiment, all: Cells, rows: RowsOf): Value[][] {
  return all.flatMap(({ cell, runs }) =>
    runs.flatMap((run, replication) => {
      const head = headOf(experiment, cell, replication);
      return rows(run, cell).map((row) => [...head, ...row]);
    }),
  );
}

function tableOf(columns: readonly Column[], rows: readonly Value[][]): Table {
  return {
    rows: rows.length,
    columns: columns.map(({ name, type }, place): TableColumn => {
      const at = (row: number) => rows[row][place];
      if (type === "text") return { name, type, at: (row) => String(at(row)) };
      if (type === "integer") return { name, type, at: (row) => Number(at(row)) };
      return { name, type, at: (row) => (at(row) === null ? null : Number(at(row))) };
    }),
  };
}

/** With a header, and an empty field for null. */
function csv({ rows, columns }: Table): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    columns.map(({ at }) => String(at(row) ?? "")),
  );
  return `${csvFormatRows([columns.map(({ name }) => name), ...lines])}\n`;
}
