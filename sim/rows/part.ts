/**
 * The rows of one table of one run in a file of their own, as they are held in memory, until all runs are
 * put together. Only mirrorlab reads it.
 *
 * A line of JSON says what it is. Then blocks follow, each the length of a line of JSON in four bytes, that
 * line (rows, and the words of each column of words) and the columns, one after another. A length of
 * zero ends them, and the SHA-256 of all before ends the file.
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync } from "node:fs";
import { assert } from "../engine/assert.ts";
import { writeAll } from "../workload/trace/compiled/atomic.ts";
import { isLittleEndian } from "../workload/trace/compiled/endian.ts";
import { type Block, emptyColumn } from "./block.ts";
import { BLOCK_ROWS } from "./open-table.ts";
import { TABLES, type TableName } from "./tables.ts";

/** To be raised when the form of parts changes. */
const FORMAT = 1;
const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;

interface BlockHeader {
  readonly rows: number;
  /** For each column of words, in order, its words. */
  readonly words: readonly (readonly string[])[];
}

/** Writes a part, block by block. */
export class PartWriter {
  readonly #file: number;
  readonly #hash: Hash = createHash("sha256");

  constructor(path: string, table: TableName) {
    assert(isLittleEndian, "rows are written on little-endian machines only");
    this.#file = openSync(path, "w");
    this.#write(Buffer.from(titleOf(table)));
  }

  write({ rows, columns }: Block): void {
    const words = columns.flatMap((column) => ("words" in column ? [column.words] : []));
    const header = Buffer.from(JSON.stringify({ rows, words } satisfies BlockHeader));
    this.#write(lengthBytes(header.length));
    this.#write(header);
    for (const column of columns) this.#write(bytesOf(column, rows));
  }

  /** The part is complete: it is forced to the disk. */
  end(): void {
    this.#write(lengthBytes(0));
    writeAll(this.#file, this.#hash.digest());
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    writeAll(this.#file, bytes);
  }
}

const CHUNK = 1 << 20;

/** Whether the file is a part of that table, to the byte as it was written. */
export function isWholePart(path: string, table: TableName): boolean {
  const file = openSync(path, "r");
  try {
    const title = Buffer.from(titleOf(table));
    const found = Buffer.alloc(title.length);
    readSync(file, found);
    if (!found.equals(title)) return false;
    const hash = createHash("sha256").update(found);
    // What is read last is held back until it is known what follows it.
    let held = Buffer.alloc(0);
    const chunk = Buffer.alloc(CHUNK);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const bytes = Buffer.concat([held, chunk.subarray(0, read)]);
      const end = Math.max(0, bytes.length - DIGEST_BYTES);
      hash.update(bytes.subarray(0, end));
      held = bytes.subarray(end);
    }
    return hash.digest().equals(held);
  } finally {
    closeSync(file);
  }
}

/** The blocks of a whole part, each valid until the next is asked for. */
export function* blocksIn(path: string, table: TableName): Generator<Block> {
  const columns = TABLES[table].columns.map(({ type }) => emptyColumn(type, BLOCK_ROWS));
  const file = openSync(path, "r");
  const read = (length: number) => {
    const bytes = Buffer.alloc(length);
    fill(file, bytes);
    return bytes;
  };
  try {
    read(Buffer.byteLength(titleOf(table)));
    for (;;) {
      const length = read(LENGTH_BYTES).readUInt32LE();
      if (length === 0) return;
      const { rows, words } = JSON.parse(read(length).toString()) as BlockHeader;
      let next = 0;
      const filled = columns.map((column) => {
        fill(file, bytesOf(column, rows));
        return "words" in column ? { codes: column.codes, words: words[next++] } : column;
      });
      yield { rows, columns: filled };
    }
  } finally {
    closeSync(file);
  }
}

function fill(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, null);
    assert(read > 0, "a part of rows goes on until its end");
    done += read;
  }
}

function titleOf(table: TableName): string {
  const columns = TABLES[table].columns.map(({ name, type }) => [name, type]);
  return `${JSON.stringify({ mirrorlab: "rows", format: FORMAT, table, columns })}\n`;
}

function lengthBytes(length: number): Uint8Array {
  const bytes = Buffer.alloc(LENGTH_BYTES);
  bytes.writeUInt32LE(length);
  return bytes;
}

/** The first rows of a column, as bytes of the column itself. */
function bytesOf(column: Block["columns"][number], rows: number): Uint8Array {
  const values = "words" in column ? column.codes : column;
  return new Uint8Array(values.buffer, values.byteOffset, rows * values.BYTES_PER_ELEMENT);
}
