import { closeSync, openSync } from "node:fs";
import type { Cell } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { CsvFile } from "../rows/csv-file.ts";
import { ParquetFile } from "../rows/parquet-file.ts";
import { blocksIn } from "../rows/part.ts";
import type { RowFile } from "../rows/row-file.ts";
import type { RowFormat } from "../rows/row-format.ts";
import { TABLES, type TableName } from "../rows/tables.ts";
import { partPath } from "../runner/run-store/run-parts.ts";
import type { Shelf } from "../runner/run-store/shelf.ts";
import { writeAll } from "../workload/trace/compiled/atomic.ts";
import { headColumns, headOf } from "./rows.ts";

/** What rows are put together from. */
export interface RowsOfRuns {
  readonly experiment: Experiment;
  readonly all: readonly { readonly cell: Cell; readonly runs: readonly unknown[] }[];
  /** Where the rows of each run are kept; null where nothing is. */
  readonly shelf: Pick<Shelf, "partsOf"> | null;
}

/**
 * What writes the tables of rows that the experiment asks for, by file name: each with the rows of all
 * runs, cell by cell, a few thousand in memory at a time.
 */
export function tableFiles(
  runs: RowsOfRuns,
  formats: readonly RowFormat[],
): Map<string, (path: string) => void> {
  const tables = runs.shelf === null ? [] : (runs.experiment.measure.rows ?? []);
  return new Map(
    tables.flatMap((table) =>
      formats.map((format) => [
        `${table}.${format}`,
        (path) => writeTable(path, table, format, runs),
      ]),
    ),
  );
}

function writeTable(path: string, table: TableName, format: RowFormat, runs: RowsOfRuns): void {
  const file = openSync(path, "w");
  try {
    const rows = rowFile(format, table, runs.experiment, (bytes) => writeAll(file, bytes));
    for (const { head, part } of partsOf(table, runs)) {
      for (const block of blocksIn(part, table)) rows.add(head, block);
    }
    rows.end();
  } finally {
    closeSync(file);
  }
}

function rowFile(
  format: RowFormat,
  table: TableName,
  experiment: Experiment,
  write: (bytes: Uint8Array) => void,
): RowFile {
  const head = headColumns(experiment).map((column) => ({ ...column, isOptional: false }));
  const columns = [...head, ...TABLES[table].columns];
  if (format === "parquet") return new ParquetFile(columns, write);
  const names = columns.map(({ name }) => name);
  return new CsvFile(names, (text) => write(Buffer.from(text)));
}

/** Where the rows of each run lie, and what stands before them. */
function partsOf(table: TableName, { experiment, all, shelf }: RowsOfRuns) {
  return all.flatMap(({ cell, runs }, at) =>
    runs.map((_, replication) => {
      const parts = shelf?.partsOf({ cell: at, replication }) ?? null;
      if (parts === null) throw new Error("no rows are kept");
      return { head: headOf(experiment, cell, replication), part: partPath(parts, table) };
    }),
  );
}
