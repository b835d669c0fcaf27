import { csvParseRows } from "d3-dsv";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Block } from "./block.ts";
import { CsvFile } from "./csv-file.ts";
import type { FileColumn } from "./parquet-column.ts";
import { ParquetFile } from "./parquet-file.ts";
import type { Head } from "./row-file.ts";

const COLUMNS: readonly FileColumn[] = [
  { name: "level", type: "text", isOptional: false },
  { name: "replication", type: "integer", isOptional: false },
  { name: "size", type: "number", isOptional: false },
  { name: "number", type: "number", isOptional: false },
  { name: "sometimes", type: "number", isOptional: true },
  { name: "which", type: "integer", isOptional: true },
  { name: "word", type: "text", isOptional: true },
];

/** A row behind its head; null where there is none. */
type Row = readonly [number, number | null, number | null, string | null];

interface Part {
  readonly head: Head;
  readonly rows: readonly Row[];
}

function blockOf(rows: readonly Row[]): Block {
  const words = [...new Set(rows.flatMap(([, , , word]) => word ?? []))];
  const codes = rows.map(([, , , word]) => (word === null ? -1 : words.indexOf(word)));
  return {
    rows: rows.length,
    columns: [
      Float64Array.from(rows, ([number]) => number),
      Float64Array.from(rows, ([, sometimes]) => sometimes ?? Number.NaN),
      Int32Array.from(rows, ([, , which]) => which ?? -1),
      { codes: Int32Array.from(codes), words },
    ],
  };
}

function parquetOf(parts: readonly Part[]): ArrayBuffer {
  const written: Uint8Array[] = [];
  const file = new ParquetFile(COLUMNS, (bytes) => written.push(bytes.slice()));
  for (const { head, rows } of parts) file.add(head, blockOf(rows));
  file.end();
  return Uint8Array.from(Buffer.concat(written)).buffer;
}

function csvOf(parts: readonly Part[]): string {
  let text = "";
  const names = COLUMNS.map(({ name }) => name);
  const file = new CsvFile(names, (more) => {
    text += more;
  });
  for (const { head, rows } of parts) file.add(head, blockOf(rows));
  file.end();
  return text;
}

function expected(parts: readonly Part[]) {
  return parts.flatMap(({ head: [level, replication, size], rows }) =>
    rows.map(([number, sometimes, which, word]) => ({
      ...{ level, replication, size, number, sometimes, which, word },
    })),
  );
}

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const word = fc.constantFrom("", "a", "né", "ein, zwei", 'say "so"', "𝄞", "x".repeat(40));
const row = fc.tuple(
  number,
  fc.option(number),
  fc.option(fc.nat(2 ** 31 - 1)),
  fc.option(fc.oneof(word, fc.nat(300).map(String))),
);
const part: fc.Arbitrary<Part> = fc.record({
  head: fc.tuple(word, fc.nat(9), fc.constantFrom(0.5, 30)),
  rows: fc.array(row, { minLength: 1, maxLength: 60 }),
});

test("whatever the rows, another reader finds them in the Parquet file, and CSV has the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
      const rows = expected(parts);
      assert.equal(await parquetReadObjects({ file: parquetOf(parts) }), rows);
      const [header, ...lines] = csvParseRows(csvOf(parts));
      assert.equal(
        lines,
        rows.map((each) => Object.values(each).map((value) => `${value ?? ""}`)),
      );
      assert.equal(
        header,
        COLUMNS.map(({ name }) => name),
      );
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("rows beyond a row group begin another, in the middle of a block", async () => {
  const many = Array.from(
    { length: 40_000 },
    (_, i): Row => [i, i % 3 || null, i % 5, `w${i % 7}`],
  );
  const parts: Part[] = [0, 1].map((replication) => ({ head: ["a", replication, 1], rows: many }));
  const file = parquetOf(parts);
  assert.equal(
    parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows)),
    [65_536, 14_464],
  );
  assert.equal(await parquetReadObjects({ file }), expected(parts));
});

test("readers are told what lies in a column, so that they can skip it", () => {
  const rows: Row[] = [
    [3, null, 7, "b"],
    [1, 2, null, "a"],
  ];
  const [group] = parquetMetadata(parquetOf([{ head: ["l", 4, 0.5], rows }])).row_groups;
  const told = group.columns.map(({ meta_data }) => {
    const { min_value, max_value, null_count } = meta_data?.statistics ?? {};
    return [min_value, max_value, null_count];
  });
  assert.equal(told, [
    ["l", "l", 0n],
    [4, 4, 0n],
    [0.5, 0.5, 0n],
    [1, 3, 0n],
    [2, 2, 1n],
    [7, 7, 1n],
    ["a", "b", 0n],
  ]);
});

test("a table without rows is a file with columns", async () => {
  const file = parquetOf([]);
  assert.equal(await parquetReadObjects({ file }), []);
  const [, ...schema] = parquetMetadata(file).schema;
  assert.equal(
    schema.map(({ name, type, repetition_type }) => `${name} ${type} ${repetition_type}`),
    [
      "level BYTE_ARRAY REQUIRED",
      "replication INT32 REQUIRED",
      "size DOUBLE REQUIRED",
      "number DOUBLE REQUIRED",
      "sometimes DOUBLE OPTIONAL",
      "which INT32 OPTIONAL",
      "word BYTE_ARRAY OPTIONAL",
    ],
  );
});

test.run();
