import { mkdirSync } from "node:fs";
import { dirname, extname } from "node:path";
import { InputError } from "../../../engine/input-error.ts";
import type { Trace } from "../trace.ts";
import { writeCsv } from "./csv.ts";
import { writeParquet } from "./parquet.ts";
import { type Table, tableOf } from "./table.ts";

const WRITERS: Readonly<Record<string, (path: string, table: Table) => void>> = {
  ".csv": writeCsv,
  ".parquet": writeParquet,
};

/** Writes a trace for other tools, in the format that the path's ending names; says how many rows. */
export function exportTrace(path: string, trace: Trace): number {
  const write = WRITERS[extname(path).toLowerCase()];
  if (write === undefined) {
    const known = Object.keys(WRITERS).join(" or ");
    throw new InputError([`${path}: expected a name that ends in ${known}; got another`]);
  }
  const table = tableOf(trace);
  mkdirSync(dirname(path), { recursive: true });
  write(path, table);
  return table.rows;
}
