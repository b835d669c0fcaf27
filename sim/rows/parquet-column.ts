/**
 * Column chunks of a Parquet file, straight from typed arrays: a page of plain doubles or integers, or a
 * dictionary of words and a page of their numbers, not compressed. hyparquet-writer's own encoder takes
 * and makes an array of JavaScript values, which costs fifty times as much; its headers and footer are used.
 *
 * Source: Apache Parquet, parquet-format 2.10, Encodings.md (plain, RLE/bit-packing hybrid) and README.md
 * (data page v2).
 */
import type { ColumnChunk, ColumnMetaData, Encoding } from "hyparquet";
import type { ByteWriter } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { type ColumnSpec, isNone } from "./tables.ts";
import type { Words } from "./word-column.ts";

export const PHYSICAL = { integer: "INT32", number: "DOUBLE", text: "BYTE_ARRAY" } as const;

export type FileColumn = Pick<ColumnSpec, "name" | "type" | "isOptional">;

/** Values of a column that are there, with where they are not. */
interface Present<Values> {
  readonly values: Values;
  /** Definition levels, encoded; empty where every row must have a value. */
  readonly levels: Uint8Array;
  readonly nulls: number;
}

/** Writes the first `rows` values of a column and says where they are. */
export function writeChunk(
  bytes: ByteWriter,
  spec: FileColumn,
  column: Int32Array | Float64Array | Words,
  rows: number,
): ColumnChunk {
  const start = bytes.offset;
  const written =
    "words" in column
      ? writeWords(bytes, spec, column, rows)
      : writeNumbers(bytes, spec, column, rows);
  const size = BigInt(bytes.offset - start);
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: PHYSICAL[spec.type],
      path_in_schema: [spec.name],
      codec: "UNCOMPRESSED",
      num_values: BigInt(rows),
      total_uncompressed_size: size,
      total_compressed_size: size,
      ...written,
    },
  };
}

type Written = Pick<
  ColumnMetaData,
  "encodings" | "statistics" | "data_page_offset" | "dictionary_page_offset"
>;

function writeNumbers(
  bytes: ByteWriter,
  { isOptional }: FileColumn,
  column: Int32Array | Float64Array,
  rows: number,
): Written {
  const present = presentIn(column.subarray(0, rows), isOptional);
  const { values, nulls } = present;
  const data_page_offset = BigInt(bytes.offset);
  writePage(bytes, "PLAIN", present, rows, bytesOf(values));
  let min = values[0];
  let max = values[0];
  for (let i = 1; i < values.length; i++) {
    if (values[i] < min) min = values[i];
    if (values[i] > max) max = values[i];
  }
  const range = values.length === 0 ? {} : { min_value: min, max_value: max };
  return {
    encodings: ["PLAIN", "RLE"],
    statistics: { null_count: BigInt(nulls), ...range },
    data_page_offset,
  };
}

function writeWords(
  bytes: ByteWriter,
  { isOptional }: FileColumn,
  { codes, words }: Words,
  rows: number,
): Written {
  const present = presentIn(codes.subarray(0, rows), isOptional);
  const { values, nulls } = present;
  const dictionary_page_offset = BigInt(bytes.offset);
  const utf8 = words.map((word) => Buffer.from(word));
  writeDictionary(bytes, utf8);
  const width = Math.max(1, 32 - Math.clz32(words.length - 1));
  const data_page_offset = BigInt(bytes.offset);
  writePage(bytes, "RLE_DICTIONARY", present, rows, dictionaryCodes(values, width));
  const sorted = utf8.sort(Buffer.compare); // As the format orders them.
  const range =
    sorted.length === 0 ? {} : { min_value: sorted[0], max_value: sorted[sorted.length - 1] };
  return {
    encodings: ["PLAIN", "RLE", "RLE_DICTIONARY"],
    statistics: { null_count: BigInt(nulls), ...range },
    data_page_offset,
    dictionary_page_offset,
  };
}

function writeDictionary(bytes: ByteWriter, words: readonly Uint8Array[]): void {
  const size = words.reduce((sum, { length }) => sum + 4 + length, 0);
  writePageHeader(bytes, {
    type: "DICTIONARY_PAGE",
    uncompressed_page_size: size,
    compressed_page_size: size,
    dictionary_page_header: { num_values: words.length, encoding: "PLAIN" },
  });
  for (const word of words) {
    bytes.appendUint32(word.length);
    bytes.appendBytes(word);
  }
}

function writePage(
  bytes: ByteWriter,
  encoding: Encoding,
  { levels, nulls }: Present<unknown>,
  rows: number,
  data: Uint8Array,
): void {
  const size = levels.length + data.length;
  writePageHeader(bytes, {
    type: "DATA_PAGE_V2",
    uncompressed_page_size: size,
    compressed_page_size: size,
    data_page_header_v2: {
      num_values: rows,
      num_nulls: nulls,
      num_rows: rows,
      encoding,
      definition_levels_byte_length: levels.length,
      repetition_levels_byte_length: 0,
      is_compressed: false,
    },
  });
  bytes.appendBytes(levels);
  bytes.appendBytes(data);
}

function presentIn<Values extends Int32Array | Float64Array>(
  column: Values,
  isOptional: boolean,
): Present<Values> {
  if (!isOptional) return { values: column, levels: new Uint8Array(), nulls: 0 };
  const isInteger = column instanceof Int32Array;
  const isThere = new Int32Array(column.length);
  const values = column.slice() as Values;
  let there = 0;
  for (let row = 0; row < column.length; row++) {
    const value = column[row];
    if (isNone(value, isInteger)) continue;
    isThere[row] = 1;
    values[there++] = value;
  }
  const levels = hybrid(isThere, 1);
  return { values: values.subarray(0, there) as Values, levels, nulls: column.length - there };
}

/** The numbers of words, with the bits of each before them. */
function dictionaryCodes(codes: Int32Array, width: number): Uint8Array {
  if (codes.length === 0) return Uint8Array.of(width);
  const packed = hybrid(codes, width);
  const bytes = new Uint8Array(1 + packed.length);
  bytes[0] = width;
  bytes.set(packed, 1);
  return bytes;
}

/** One run where all values are equal, else one stretch of packed bits. */
function hybrid(values: Int32Array, width: number): Uint8Array {
  const isOne = values.every((value) => value === values[0]);
  return isOne ? run(values[0], values.length, width) : packed(values, width);
}

function run(value: number, length: number, width: number): Uint8Array {
  const bytes = varint(length * 2);
  for (let bits = 0; bits < width; bits += 8) bytes.push((value >>> bits) & 255);
  return Uint8Array.from(bytes);
}

/** Values in groups of eight, the last filled up, each value's lowest bit first. */
function packed(values: Int32Array, width: number): Uint8Array {
  const groups = Math.ceil(values.length / 8);
  const head = varint(groups * 2 + 1);
  const bytes = new Uint8Array(head.length + groups * width);
  bytes.set(head);
  let at = head.length;
  let held = 0;
  let bits = 0;
  for (const value of values) {
    held |= value << bits;
    for (bits += width; bits >= 8; bits -= 8) {
      bytes[at++] = held & 255;
      held >>>= 8;
    }
  }
  if (bits > 0) bytes[at] = held;
  return bytes;
}

/** Seven bits a byte, the lowest first, the highest bit set in all but the last. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left & 127) | 128);
  bytes.push(left);
  return bytes;
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
