import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { assert } from "../../../engine/assert.ts";
import type { Trace } from "../trace.ts";
import { type OutputFile, writeWhole } from "./atomic.ts";
import { crc32 } from "./crc32.ts";
import { isLittleEndian } from "./endian.ts";
import {
  type ColumnEntry,
  type Header,
  MAGIC,
  type NamedColumn,
  PREFIX,
  padded,
  room,
  typeOf,
  VERSION,
} from "./layout.ts";
import { columnsOf } from "./trace-columns.ts";

const ZEROS = new Uint8Array(8);

/**
 * Writes a trace to `path` as a compiled file, whole or not at all. Equal traces give equal bytes.
 */
export function writeTrace(path: string, trace: Trace): void {
  assert(isLittleEndian, "compiled traces are written on little-endian machines only");
  const columns = columnsOf(trace);
  const header = headerOf(trace, columns);
  mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, (file) => {
    const text = headerBytes(header);
    file.write(prefixOf(text));
    file.write(text);
    for (const { values } of columns) writeColumn(file, bytesOf(values));
  });
}

function headerOf(trace: Trace, columns: readonly NamedColumn[]): Header {
  let offset = 0;
  const entries = columns.map(({ name, values }): ColumnEntry => {
    const entry = { name, type: typeOf(values), length: values.length, offset };
    const bytes = bytesOf(values);
    offset += room(entry);
    return { ...entry, crc: crc32(ZEROS.subarray(0, paddingOf(bytes)), crc32(bytes)) };
  });
  const { kind, window, epoch } = trace;
  return { kind, window, epoch, bytes: offset, columns: entries };
}

function headerBytes(header: Header): Uint8Array {
  const text = Buffer.from(JSON.stringify(header), "utf8");
  return Buffer.concat([text, Buffer.alloc(paddingOf(text), " ")]);
}

function prefixOf(header: Uint8Array): Uint8Array {
  const prefix = new Uint8Array(PREFIX);
  const view = new DataView(prefix.buffer);
  prefix.set(MAGIC);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, header.length, true);
  view.setUint32(16, crc32(header), true);
  view.setUint32(20, crc32(prefix.subarray(0, 20)), true);
  return prefix;
}

function writeColumn(file: OutputFile, bytes: Uint8Array): void {
  file.write(bytes);
  file.write(ZEROS.subarray(0, paddingOf(bytes)));
}

function bytesOf({ buffer, byteOffset, byteLength }: NamedColumn["values"]): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function paddingOf(bytes: Uint8Array): number {
  return padded(bytes.length) - bytes.length;
}
