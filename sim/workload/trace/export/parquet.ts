import {
  ByteWriter,
  type ColumnSource,
  ParquetWriter,
  schemaFromColumnData,
} from "hyparquet-writer";
import { writeWhole } from "../compiled/atomic.ts";
import type { Table, TableColumn } from "./table.ts";

/** Rows of a row group: what is in memory at a time. */
const GROUP = 100_000;

const TYPES = { text: "STRING", integer: "INT64", number: "DOUBLE" } as const;

/** Writes the table as a Parquet file, compressed by Snappy, as DuckDB and pandas read it. */
export function writeParquet(path: string, table: Table): void {
  writeWhole(path, (file) => writeTable(table, (bytes) => file.write(bytes)));
}

/** The same file in memory. Equal tables give equal bytes. */
export function parquetBytes(table: Table): Uint8Array {
  const parts: Uint8Array[] = [];
  writeTable(table, (bytes) => parts.push(bytes.slice()));
  return Buffer.concat(parts);
}

/** What `write` is given is overwritten afterwards. */
function writeTable({ rows, columns }: Table, write: (bytes: Uint8Array) => void): void {
  const schema = schemaFromColumnData({
    columnData: columns.map((column) => source(column, 0, 0)),
  });
  const bytes = new ByteWriter();
  const flush = () => {
    write(bytes.getBytes());
    bytes.index = 0;
  };
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: "mirrorlab" });
  for (let start = 0; start < rows; start += GROUP) {
    const end = Math.min(rows, start + GROUP);
    const columnData = columns.map((column) => source(column, start, end));
    writer.write({ columnData, rowGroupSize: GROUP });
    flush();
  }
  writer.finish();
  flush();
}

function source({ name, type, at }: TableColumn, start: number, end: number): ColumnSource {
  const data = Array.from({ length: end - start }, (_, index) => {
    const value = at(start + index);
    return type === "integer" ? BigInt(Math.round(value as number)) : value;
  });
  return { name, data, type: TYPES[type], nullable: type === "number" };
}
