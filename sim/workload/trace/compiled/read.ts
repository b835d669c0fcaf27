import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { InputError } from "../../../engine/input-error.ts";
import { unreadable } from "../../files/unreadable.ts";
import type { Trace } from "../trace.ts";
import { crc32 } from "./crc32.ts";
import { isLittleEndian } from "./endian.ts";
import {
  type ColumnEntry,
  emptyColumn,
  type Header,
  headerSchema,
  MAGIC,
  PREFIX,
  room,
  type Values,
  VERSION,
} from "./layout.ts";
import { type Columns, traceOf } from "./trace-of.ts";

/** Bytes read and summed at a time, so that the sum finds them in the processor's cache. */
const STEP = 1 << 20;

/** Whether the file at `path` begins as compiled traces do. */
export function isCompiledTrace(path: string): boolean {
  return withFile(path, (file) => startsWithMagic(file.read(0, MAGIC.length)));
}

/** What a compiled file holds. Plain data: threads that are given it share its memory. */
export interface CompiledTrace {
  readonly path: string;
  readonly header: Header;
  readonly columns: Columns;
}

/**
 * Reads a compiled trace: each column straight into memory of its own, and nothing is parsed.
 *
 * @throws InputError when the file is none, is of another version, cut short or damaged.
 */
export function readTrace(path: string): Trace {
  return traceIn(readCompiled(path));
}

/** @throws InputError when the columns do not fit each other. */
export function traceIn({ path, header, columns }: CompiledTrace): Trace {
  return traceOf(path, header, columns);
}

/** @throws InputError when the file is none, is of another version, cut short or damaged. */
export function readCompiled(path: string): CompiledTrace {
  return withFile(path, (file) => {
    const { header, end } = readHeader(file);
    const columns = new Map<string, Values>();
    for (const entry of header.columns) columns.set(entry.name, readColumn(file, entry, end));
    return { path, header, columns };
  });
}

function readHeader(file: InputFile): { readonly header: Header; readonly end: number } {
  const prefix = file.read(0, PREFIX);
  if (!startsWithMagic(prefix)) throw file.wrong("expected a compiled trace; got another file");
  if (prefix.length < PREFIX) throw file.cutShort(PREFIX);
  const view = new DataView(prefix.buffer);
  if (crc32(prefix.subarray(0, 20)) !== view.getUint32(20, true)) throw file.damaged("its start");
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    const age = version > VERSION ? "a newer" : "an older";
    throw file.wrong(
      `expected a trace of version ${VERSION}; got version ${version}, of ${age} mirrorlab`,
    );
  }
  if (!isLittleEndian) throw file.wrong("expected a little-endian machine to read it; got another");
  const end = PREFIX + view.getUint32(12, true);
  const bytes = file.read(PREFIX, end);
  if (bytes.length < end - PREFIX) throw file.cutShort(end);
  if (crc32(bytes) !== view.getUint32(16, true)) throw file.damaged("its header");
  return { header: parseHeader(file, bytes, end), end };
}

function parseHeader(file: InputFile, bytes: Uint8Array, end: number): Header {
  const parsed = headerSchema.safeParse(jsonOf(bytes));
  if (!parsed.success || !isLaidOut(parsed.data)) {
    throw file.wrong(`expected a header of version ${VERSION}; got another`);
  }
  const expected = parsed.data.bytes;
  if (file.size < end + expected) throw file.cutShort(end + expected);
  if (file.size > end + expected) {
    throw file.wrong(`expected ${end + expected} bytes; got ${file.size}: something was added`);
  }
  return parsed.data;
}

/** Whether the columns follow each other without gaps. */
function isLaidOut({ bytes, columns }: Header): boolean {
  let end = 0;
  const isRow = columns.every((entry) => {
    const isNext = entry.offset === end;
    end += room(entry);
    return isNext;
  });
  return isRow && end === bytes;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return null;
  }
}

function readColumn(file: InputFile, entry: ColumnEntry, start: number): Values {
  const { values, bytes } = emptyColumn(entry);
  let crc = 0;
  for (let done = 0; done < bytes.length; ) {
    const step = bytes.subarray(done, done + STEP);
    const got = file.readInto(step, start + entry.offset + done);
    if (got === 0) throw file.cutShort(start + entry.offset + bytes.length);
    crc = crc32(step.subarray(0, got), crc);
    done += got;
  }
  if (crc !== entry.crc) throw file.damaged(`column ${entry.name}`);
  return values;
}

function startsWithMagic(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

interface InputFile {
  /** Bytes. */
  readonly size: number;
  /** The bytes from `start` to before `end`, or as many as there are. */
  read(start: number, end: number): Uint8Array<ArrayBuffer>;
  /** How many bytes were read; 0 at the end. */
  readInto(bytes: Uint8Array, position: number): number;
  wrong(problem: string): InputError;
  cutShort(expected: number): InputError;
  damaged(part: string): InputError;
}

function withFile<Result>(path: string, use: (file: InputFile) => Result): Result {
  const wrong = (problem: string) => new InputError([`${path}: ${problem}`]);
  try {
    const handle = openSync(path, "r");
    try {
      const { size } = fstatSync(handle);
      return use({
        size,
        read: (start, end) => {
          const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
          return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, start));
        },
        readInto: (bytes, position) => readSync(handle, bytes, 0, bytes.length, position),
        wrong,
        cutShort: (expected) => wrong(`expected ${expected} bytes; got ${size}: it is cut short`),
        damaged: (part) => wrong(`expected a sound file; got a wrong checksum of ${part}`),
      });
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}
