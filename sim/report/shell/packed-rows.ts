/** A row of a chart's data. */
export type ChartRow = Readonly<Record<string, unknown>>;

/** Rows by column, as the data of a page hold them: a third of the size of a list of objects. */
export interface PackedRows {
  readonly $rows: number;
  readonly columns: Readonly<Record<string, PackedColumn>>;
}

type PackedColumn =
  | readonly unknown[]
  /** Texts that repeat: each run is the place of its word and how often it follows itself. */
  | { readonly words: readonly string[]; readonly runs: readonly number[] };

/** The rows by column, or as they are where their columns differ. */
export function packedRows(rows: readonly ChartRow[]): PackedRows | readonly ChartRow[] {
  const names = Object.keys(rows[0] ?? {});
  const isEven = rows.every(
    (row) => Object.keys(row).length === names.length && names.every((name) => name in row),
  );
  if (rows.length === 0 || !isEven) return rows;
  const columns = names.map((name) => [name, packedColumn(rows.map((row) => row[name]))]);
  return { $rows: rows.length, columns: Object.fromEntries(columns) };
}

/** A specification, or any value, in which all lists of rows under `values` are packed. */
export function packedSpec(spec: unknown): unknown {
  return JSON.parse(JSON.stringify(spec), (name, value: unknown) =>
    name === "values" && isRows(value) ? packedRows(value) : value,
  );
}

/** Unpacks in the reader's browser what `packedRows` made. */
export const UNPACKED_SCRIPT = `
  function unpacked({ $rows: length, columns }) {
    const lists = Object.entries(columns).map(([name, column]) => [name, listOf(column)]);
    return Array.from({ length }, (_, at) =>
      Object.fromEntries(lists.map(([name, list]) => [name, list[at]])));
  }

  function listOf(column) {
    if (Array.isArray(column)) return column;
    const list = [];
    for (let at = 0; at < column.runs.length; at += 2) {
      for (let times = column.runs[at + 1]; times > 0; times--) list.push(column.words[column.runs[at]]);
    }
    return list;
  }

  const isPacked = (value) => typeof value?.$rows === "number";
  const revived = (_, value) => (isPacked(value) ? unpacked(value) : value);
`;

function isRows(value: unknown): value is ChartRow[] {
  return (
    Array.isArray(value) &&
    value.every((row) => typeof row === "object" && row !== null && !Array.isArray(row))
  );
}

function packedColumn(values: readonly unknown[]): PackedColumn {
  if (!values.every((value) => typeof value === "string")) return values;
  const places = new Map<string, number>();
  const runs: number[] = [];
  for (const word of values) {
    const place = places.get(word) ?? places.size;
    places.set(word, place);
    if (runs.at(-2) === place) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(place, 1);
  }
  const words = { words: [...places.keys()], runs };
  return JSON.stringify(words).length < JSON.stringify(values).length ? words : values;
}
