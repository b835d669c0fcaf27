/**
 * The event streams that stand beside a baseline: replication 0 of each cell.
 *
 * A gzip of the length of a JSON header (four bytes, little-endian), the header and the columns that
 * it lists. Numbers stand byte by byte in planes, the first bytes of all before the second: what
 * numbers have in common is then side by side, and packs well.
 */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Checkpoints } from "./checkpoints.ts";
import type { Recording } from "./recording.ts";

/** What was kept of a cell's events. */
export interface KeptEvents {
  readonly cell: string;
  /** Of the run, to tell whether these are the baseline's events. */
  readonly fingerprint: string;
  /** Hash of what customers ask for, which policies cannot change. */
  readonly workload: string;
  /** Every kind of event, as registered. */
  readonly kinds: readonly string[];
  readonly kept: Recording | Checkpoints;
}

/** Events that are kept whole, in all cells together: about 250 kB. With more, only hashes are. */
const MOST_WHOLE = 30_000;

/** Hashes that are kept, in all cells together, where events are not: 192 kB. */
const MOST_HASHES = 48_000;

/** Moments from one hash to the next; null where all events are kept. */
export function spacing(events: number): number | null {
  if (events <= MOST_WHOLE) return null;
  return 2 ** Math.ceil(Math.log2(events / MOST_HASHES + 1));
}

export function isWhole(kept: Recording | Checkpoints): kept is Recording {
  return "codes" in kept;
}

export function packEvents(all: readonly KeptEvents[]): Buffer {
  const columns: Buffer[] = [];
  const header = all.map(({ kept, ...rest }) => {
    if (!isWhole(kept)) {
      columns.push(planes(kept.hashes));
      return { ...rest, every: kept.every, hashes: kept.hashes.length };
    }
    const { names, noteNames, codes, values, times } = kept;
    columns.push(planes(codes), planes(values), planes(times));
    return { ...rest, names, noteNames, entries: codes.length, events: times.length };
  });
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return gzipSync(Buffer.concat([length, text, ...columns]), { level: 9 });
}

/** The events in the file, or null where there is none or none that can be read. */
export function readEvents(path: string): readonly KeptEvents[] | null {
  if (!existsSync(path)) return null;
  try {
    return unpackEvents(readFileSync(path));
  } catch {
    return null; // Events only help to find a difference: without them it is named less exactly.
  }
}

type Header = readonly (Omit<KeptEvents, "kept"> &
  (
    | { readonly every: number; readonly hashes: number }
    | {
        readonly names: readonly string[];
        readonly noteNames: readonly string[];
        readonly entries: number;
        readonly events: number;
      }
  ))[];

export function unpackEvents(packed: Buffer): KeptEvents[] {
  const bytes = gunzipSync(packed);
  const length = bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString("utf8", 4, 4 + length)) as Header;
  let at = 4 + length;
  const take = <Column extends Uint16Array | Uint32Array | Float64Array>(
    column: Column,
  ): Column => {
    const end = at + column.byteLength;
    if (end > bytes.length) throw new Error("events end too early");
    fill(column, bytes.subarray(at, end));
    at = end;
    return column;
  };
  return header.map((entry): KeptEvents => {
    const { cell, fingerprint, workload, kinds } = entry;
    const about = { cell, fingerprint, workload, kinds };
    if ("hashes" in entry) {
      const { every, hashes } = entry;
      return { ...about, kept: { every, hashes: take(new Uint32Array(hashes)) } };
    }
    const { names, noteNames, entries, events } = entry;
    const codes = take(new Uint16Array(entries));
    const values = take(new Float64Array(entries));
    const times = take(new Float64Array(events));
    return { ...about, kept: { names, noteNames, codes, values, times } };
  });
}

type Column = Uint16Array | Uint32Array | Float64Array;

/** The bytes of numbers, plane by plane, least significant first on every machine. */
function planes(column: Column): Buffer {
  const width = column.BYTES_PER_ELEMENT;
  const number = Buffer.alloc(width);
  const result = Buffer.alloc(column.byteLength);
  for (const [i, value] of column.entries()) {
    if (width === 8) number.writeDoubleLE(value);
    else number.writeUIntLE(value, 0, width);
    for (let byte = 0; byte < width; byte++) result[byte * column.length + i] = number[byte];
  }
  return result;
}

function fill(column: Column, bytes: Buffer): void {
  const width = column.BYTES_PER_ELEMENT;
  const number = Buffer.alloc(width);
  for (let i = 0; i < column.length; i++) {
    for (let byte = 0; byte < width; byte++) number[byte] = bytes[byte * column.length + i];
    column[i] = width === 8 ? number.readDoubleLE() : number.readUIntLE(0, width);
  }
}
