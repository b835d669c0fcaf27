import type { Workload } from "../workload/workload.ts";
import type { OpenTable } from "./open-table.ts";
import { sinceStart } from "./volunteer-rows.ts";

/** Writes a row for each file that any request asks for, in the order of their numbers. */
export function fileRows(table: OpenTable<"files">, { catalogue, trace }: Workload): void {
  const isAsked = new Uint8Array(catalogue.files);
  for (let request = 0; request < trace.requests; request++) isAsked[trace.file[request]] = 1;
  const { columns } = table;
  for (let file = 0; file < catalogue.files; file++) {
    if (isAsked[file] === 0) continue;
    const row = table.next();
    columns.file[row] = file;
    columns.path.set(row, catalogue.path(file));
    columns.size_bytes[row] = catalogue.size[file];
    columns.published_s[row] = sinceStart(catalogue.release[file]);
  }
}
