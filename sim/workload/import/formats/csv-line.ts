import { csvParseRows } from "d3-dsv";
import { type LineParser, utf8Parser } from "../log-format.ts";
import { bad, type Outcome } from "../outcome.ts";

/** The field of a row in the column of that name; empty where there is none. */
export type Field = (column: string) => string;

/**
 * A parser of CSV (RFC 4180) in which a line is a row. A line that names all the `needed` columns is
 * a header, and may come again where files were put together; it tells where each column is.
 */
export function csvParser({
  needed,
  header,
  row,
}: {
  readonly needed: readonly string[];
  readonly header: (columns: ReadonlySet<string>) => Outcome;
  readonly row: (field: Field) => Outcome;
}): LineParser {
  const missing = bad(`expected a header with ${needed.join(", ")}; got none`);
  let columns: ReadonlyMap<string, number> | null = null;
  let values: readonly string[] = [];
  const field: Field = (column) => values[columns?.get(column) ?? -1] ?? "";
  return utf8Parser((line) => {
    const fields = csvFields(line);
    if (fields === null) return OPEN;
    if (needed.every((name) => fields.includes(name))) {
      columns = new Map(fields.map((name, at) => [name, at]));
      return header(new Set(fields));
    }
    if (columns === null) return missing;
    if (fields.length !== columns.size) {
      return bad(`expected ${columns.size} fields; got ${fields.length}`);
    }
    values = fields;
    return row(field);
  });
}

const OPEN = bad("expected closed quotes; got an open one");

/** Null where a quote is not closed. */
function csvFields(line: string): readonly string[] | null {
  if (!line.includes('"')) return line.split(",");
  const isClosed = line.split('"').length % 2 === 1;
  return isClosed ? (csvParseRows(line)[0] ?? []) : null;
}
