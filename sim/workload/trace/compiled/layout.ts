/**
 * The compiled trace, `.mlt`: a trace's columns as they lie in memory, so that nothing is parsed.
 *
 *     offset  bytes  what
 *     0       8      magic
 *     8       4      version of the format
 *     12      4      bytes of the header, a multiple of 8
 *     16      4      CRC-32 of the header
 *     20      4      CRC-32 of the 20 bytes before; so far the same in every version
 *     24      …      the header: JSON in UTF-8, padded with spaces
 *     …       …      the columns, each at a multiple of 8, padded with zeros
 *
 * Numbers are little-endian. A column's checksum covers its padding, and the header says how long
 * the file is: each byte of the file is covered by something.
 */
import * as z from "zod";

/** As PNG has it (RFC 2083, section 12.12): shows what text transfers do to bytes and line ends. */
export const MAGIC = Uint8Array.of(0x89, 0x4d, 0x4c, 0x54, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * Of what this program writes; it reads no other. A further column that readers can do without is no
 * other version: `requests.visit` may be missing, and those that do not know it pass over it.
 */
export const VERSION = 1;

/** Bytes before the header. */
export const PREFIX = 24;

const COLUMN_TYPES = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f64: Float64Array,
} as const;

export type ColumnType = keyof typeof COLUMN_TYPES;
export type Values = Uint8Array | Uint16Array | Uint32Array | Float64Array;

interface ColumnClass {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Values;
}

export interface NamedColumn {
  readonly name: string;
  readonly values: Values;
}

const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const columnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(["u8", "u16", "u32", "f64"]),
  /** How many values. */
  length: whole,
  /** Bytes from the end of the header. */
  offset: whole,
  crc: whole,
});

export const headerSchema = z.strictObject({
  kind: z.enum(["access", "sync"]),
  window: z.number().min(0),
  epoch: z.number().nullable(),
  /** Bytes of all columns with their padding. */
  bytes: whole,
  columns: z.array(columnSchema),
});

export type ColumnEntry = Readonly<z.infer<typeof columnSchema>>;
export type Header = z.infer<typeof headerSchema>;

export function typeOf(values: Values): ColumnType {
  if (values instanceof Float64Array) return "f64";
  if (values instanceof Uint32Array) return "u32";
  return values instanceof Uint16Array ? "u16" : "u8";
}

/**
 * A column in memory of its own, which threads can share, with room for the padding; `bytes` is all of
 * that memory.
 */
export function emptyColumn({ type, length }: Pick<ColumnEntry, "type" | "length">): {
  readonly values: Values;
  readonly bytes: Uint8Array;
} {
  const Values: ColumnClass = COLUMN_TYPES[type];
  const buffer = new SharedArrayBuffer(padded(length * Values.BYTES_PER_ELEMENT));
  return { values: new Values(buffer, 0, length), bytes: new Uint8Array(buffer) };
}

/** Bytes that a column takes in the file. */
export function room({ type, length }: Pick<ColumnEntry, "type" | "length">): number {
  return padded(length * COLUMN_TYPES[type].BYTES_PER_ELEMENT);
}

/** The next multiple of 8: where any column's values may begin. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
