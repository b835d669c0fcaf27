import type { FileFacts, FileTable } from "../file-table.ts";
import { HAS_MD4 } from "../file-table.ts";
import { FRAME_HEAD } from "./frame.ts";

/**
 * Records in the payload of a frame, each filled up to a multiple of 8 bytes:
 *
 * | a folder | | a file | |
 * |---|---|---|---|
 * | 0 | 1 | 0 | 2 |
 * | 1 | 0 | 1 | flags |
 * | 2–3 | length of its path | 2–3 | length of its name; 0 where the number is known |
 * | 4– | path | 4–7 | number |
 * | | | 8–11 | version with which it changed |
 * | | | 12–15 | seconds since 1970 at which it was modified |
 * | | | 16–23 | size, a double |
 * | | | 24–27 | stamp |
 * | | | 28–59 | SHA-256 |
 * | | | 60–75 | MD4, if the flags say so |
 * | | | 76– | number of its folder in four times 7 bits, and name |
 *
 * Folders and files are numbered from 0 in the order in which they come with a name.
 */
const FOLDER = 1;
const FILE = 2;
const FOLDER_NAME = 4;
const SHA256 = 28;
export const MD4 = 60;
const FILE_NAME = 76;

/** Bytes that the longest record takes: names have 255, paths 4096 bytes at most. */
const LONGEST = 4096 + 256;

/** Puts records into a frame. */
export class FrameWriter {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #end = FRAME_HEAD;

  /** Bytes of the frame so far. */
  get length(): number {
    return this.#end;
  }

  folder(path: Uint8Array): void {
    this.#makeRoom();
    this.#view.setUint8(this.#end, FOLDER);
    this.#view.setUint16(this.#end + 2, path.length, true);
    this.#bytes.set(path, this.#end + FOLDER_NAME);
    this.#close(FOLDER_NAME + path.length);
  }

  /** @param name Coded, of a file that is new; else empty. */
  file(
    number: number,
    facts: FileFacts,
    sha256: Uint8Array,
    md4: Uint8Array | null,
    name: Uint8Array,
  ): void {
    this.#makeRoom();
    const view = this.#view;
    const at = this.#end;
    view.setUint8(at, FILE);
    view.setUint8(at + 1, md4 === null ? facts.flags & ~HAS_MD4 : facts.flags | HAS_MD4);
    view.setUint16(at + 2, name.length, true);
    view.setUint32(at + 4, number, true);
    view.setUint32(at + 8, facts.changed, true);
    view.setUint32(at + 12, facts.seconds, true);
    view.setFloat64(at + 16, facts.size, true);
    view.setUint32(at + 24, facts.stamp, true);
    this.#bytes.set(sha256, at + SHA256);
    if (md4 !== null) this.#bytes.set(md4, at + MD4);
    this.#bytes.set(name, at + FILE_NAME);
    this.#close(FILE_NAME + name.length);
  }

  /** The frame, whose head is still to be written; a view, valid until the next record. */
  frame(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  /** Begins the next frame. */
  clear(): void {
    this.#end = FRAME_HEAD;
  }

  #makeRoom(): void {
    if (this.#end + LONGEST <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  #close(length: number): void {
    this.#end += padded(length);
  }
}

/** Bytes of a file's record with its name. */
export function fileRecordLength(name: number): number {
  return padded(FILE_NAME + name);
}

export function folderRecordLength(path: number): number {
  return padded(FOLDER_NAME + path);
}

/**
 * Tells the table what the records of a whole frame say.
 *
 * @param position Where the frame begins in the index.
 * @param onBytes Told of files that have come or have other bytes.
 * @throws Error where a number is not the next.
 */
export function applyFrame(
  frame: Uint8Array,
  version: number,
  position: number,
  table: FileTable,
  onBytes: (file: number) => void,
): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const facts = { flags: 0, changed: 0, size: 0, seconds: 0, stamp: 0 };
  for (let at = FRAME_HEAD; at < frame.length; ) {
    const name = view.getUint16(at + 2, true);
    if (view.getUint8(at) === FOLDER) {
      table.paths.addFolder(frame, at + FOLDER_NAME, at + FOLDER_NAME + name);
      at += folderRecordLength(name);
      continue;
    }
    const file = view.getUint32(at + 4, true);
    const isKnown = file < table.count;
    if (!isKnown && table.paths.add(frame, at + FILE_NAME, at + FILE_NAME + name) !== file) {
      throw new Error(`expected file ${table.count - 1}; got ${file}`);
    }
    facts.flags = view.getUint8(at + 1);
    facts.changed = view.getUint32(at + 8, true);
    facts.seconds = view.getUint32(at + 12, true);
    facts.size = view.getFloat64(at + 16, true);
    facts.stamp = view.getUint32(at + 24, true);
    const isSame =
      isKnown && table.size(file) === facts.size && table.sha256.equals(file, frame, at + SHA256);
    if (!isSame) table.sha256.set(file, frame, at + SHA256);
    table.set(file, facts);
    table.move(file, position + at);
    if (!isSame) onBytes(file);
    at += fileRecordLength(name);
  }
  table.version = version;
}

function padded(length: number): number {
  return (length + 7) & ~7;
}
