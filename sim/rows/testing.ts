import type { Block } from "./block.ts";
import type { RowSinks } from "./row-recorder.ts";
import { isNone, TABLE_NAMES, TABLES, type TableName } from "./tables.ts";

/** A row as an object; null where there is none. */
export type PlainRow = Readonly<Record<string, number | string | null>>;

/** Sinks that keep every row, and the rows of each table. */
export function collecting(tables: readonly TableName[] = TABLE_NAMES) {
  const rows: Record<string, PlainRow[]> = Object.fromEntries(tables.map((table) => [table, []]));
  const sinks: RowSinks = new Map(
    tables.map((table) => [table, (block) => rows[table].push(...plainRows(table, block))]),
  );
  return { rows: rows as Record<TableName, PlainRow[]>, sinks };
}

/** The rows of a block. */
export function plainRows(table: TableName, { rows, columns }: Block): PlainRow[] {
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      TABLES[table].columns.map(({ name }, at) => [name, valueIn(columns[at], row)]),
    ),
  );
}

function valueIn(column: Block["columns"][number], row: number): number | string | null {
  if ("words" in column) return column.codes[row] < 0 ? null : column.words[column.codes[row]];
  return isNone(column[row], column instanceof Int32Array) ? null : column[row];
}
