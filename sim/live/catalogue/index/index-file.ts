import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../../../engine/input-error.ts";
import type { FileTable } from "../file-table.ts";
import { HAS_MD4 } from "../file-table.ts";
import { FRAME_HEAD, frameLength, frameVersion, sealFrame } from "./frame.ts";
import { applyFrame, FrameWriter, fileRecordLength, folderRecordLength, MD4 } from "./records.ts";

const FORMAT = "mirrorlab-index 1";

/** The first bytes of the file: the format, filled up with spaces, and a line feed. */
const FIRST_LINE = 24;

/** What the first frame says, as JSON. */
interface IndexHead {
  readonly root: string;
  /** The version of the catalogue when nothing was in it. */
  readonly born: number;
}

/** Bytes of frames that are written anew at once. */
const LARGE_FRAME = 1 << 20;

/** Bytes that are dead, beyond as many as are alive, before it is worth the while to write all anew. */
const MUCH_DEAD = 1 << 20;

export interface IndexOptions {
  /** Where the file `index` is or will be. */
  readonly folder: string;
  /** The tree whose files it numbers. */
  readonly root: string;
  /** The version that a new index begins with. */
  readonly born: number;
}

/**
 * The catalogue on disk: one file to which frames are appended. A frame has reached the disk before
 * anything in it is handed out, so that all numbers and versions ever heard of are in whole frames; a frame
 * that was being written when the machine lost power is cut off. Damage elsewhere is an error: to go
 * on without a part would give numbers a second time.
 */
export class IndexFile {
  readonly #handle: FileHandle;
  readonly #md4 = new Uint8Array(16);
  #end: number;

  private constructor(handle: FileHandle, end: number) {
    this.#handle = handle;
    this.#end = end;
  }

  /**
   * Tells the table what the index says; makes one where there is none. Written anew where much is dead.
   *
   * @throws InputError where it is damaged, of another format or of another root.
   */
  static async open(
    options: IndexOptions,
    table: FileTable,
    onBytes: (file: number) => void,
  ): Promise<IndexFile> {
    const path = join(options.folder, "index");
    mkdirSync(options.folder, { recursive: true });
    if (!existsSync(path)) write(path, headOf(options), () => []);
    const end = load(path, options.root, table, onBytes);
    if (end > 2 * aliveBytes(table) + MUCH_DEAD) {
      const head = { root: options.root, born: table.born };
      writeAnew(path, headOf(head), table);
    }
    const handle = await open(path, "r+");
    return new IndexFile(handle, (await handle.stat()).size);
  }

  /**
   * Tells the table what an index says, and changes nothing: its server may be running.
   *
   * @throws InputError where it is damaged or of another format.
   */
  static read(folder: string, table: FileTable): void {
    const path = join(folder, "index");
    const file = openSync(path, "r");
    try {
      readFrames(file, path, null, table, () => {});
    } finally {
      closeSync(file);
    }
  }

  /** Where the next frame will begin. */
  get end(): number {
    return this.#end;
  }

  /** Resolves when the frame, whose head is written here, is on the disk. */
  async append(frame: Uint8Array, version: number): Promise<void> {
    sealFrame(frame, version);
    // At a place of our choice: what a full disk left of a frame is written over.
    for (let at = 0; at < frame.length; ) {
      const left = frame.length - at;
      at += (await this.#handle.write(frame, at, left, this.#end + at)).bytesWritten;
    }
    await this.#handle.datasync();
    this.#end += frame.length;
  }

  /** The MD4 in the record at a position; a view, valid until the next call. */
  md4At(position: number): Uint8Array {
    readSync(this.#handle.fd, this.#md4, 0, 16, position + MD4);
    return this.#md4;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Reads all frames into the table and cuts off what was not written to its end. Returns the length. */
function load(
  path: string,
  root: string,
  table: FileTable,
  onBytes: (file: number) => void,
): number {
  const file = openSync(path, "r+");
  try {
    const size = fstatSync(file).size;
    const position = readFrames(file, path, root, table, onBytes);
    if (position < size) cut(file, new FrameReader(file), path, position, size);
    return position;
  } finally {
    closeSync(file);
  }
}

/** Reads all whole frames into the table. `root`: null for any. Returns where they end. */
function readFrames(
  file: number,
  path: string,
  root: string | null,
  table: FileTable,
  onBytes: (file: number) => void,
): number {
  const frames = new FrameReader(file);
  let position = loadHead(file, frames, path, root, table);
  for (;;) {
    const frame = frames.at(position);
    if (frame === null) return position;
    applyFrame(frame.bytes, frame.version, position, table, onBytes);
    position += frame.bytes.length;
  }
}

function loadHead(
  file: number,
  frames: FrameReader,
  path: string,
  root: string | null,
  table: FileTable,
): number {
  const line = Buffer.alloc(FIRST_LINE);
  readSync(file, line, 0, FIRST_LINE, 0);
  const format = line.toString("latin1").trimEnd();
  if (format !== FORMAT) {
    const got = JSON.stringify(format.slice(0, FORMAT.length));
    throw new InputError([`${path}: expected "${FORMAT}" at its start; got ${got}`]);
  }
  const frame = frames.at(FIRST_LINE);
  if (frame === null) throw new InputError([`${path}: its head is damaged; ${REMEDY}`]);
  const text = Buffer.from(frame.bytes.subarray(FRAME_HEAD)).toString("utf8");
  const head = JSON.parse(text) as IndexHead;
  if (root !== null && head.root !== root) {
    throw new InputError([
      `${path}: expected the files of ${root}; got those of ${head.root}: give that root, or another folder for the index`,
    ]);
  }
  table.born = head.born;
  table.version = head.born;
  return FIRST_LINE + frame.bytes.length;
}

const REMEDY = "put a copy of it in its place, or begin with an empty state folder";

/** Reads frames of a file, each into the same bytes. */
class FrameReader {
  readonly #file: number;
  readonly #size: number;
  #bytes = Buffer.alloc(LARGE_FRAME);

  constructor(file: number) {
    this.#file = file;
    this.#size = fstatSync(file).size;
  }

  /** The whole frame at a position, or null; a view, valid until the next call. */
  at(position: number): { readonly bytes: Uint8Array; readonly version: number } | null {
    if (this.#read(FRAME_HEAD, position) < FRAME_HEAD) return null;
    const length = frameLength(this.#bytes.subarray(0, FRAME_HEAD));
    if (length === 0 || position + length > this.#size) return null;
    if (length > this.#bytes.length) this.#bytes = Buffer.alloc(2 * length);
    if (this.#read(length, position) < length) return null;
    const bytes = this.#bytes.subarray(0, length);
    const version = frameVersion(bytes);
    return version === null ? null : { bytes, version };
  }

  #read(length: number, position: number): number {
    return readSync(this.#file, this.#bytes, 0, length, position);
  }
}

/** A whole frame behind the broken one proves that it is not the last, and so was once whole. */
function cut(
  file: number,
  frames: FrameReader,
  path: string,
  position: number,
  size: number,
): void {
  for (let at = position + 8; at < size; at += 8) {
    if (frames.at(at) === null) continue;
    throw new InputError([`${path}: damaged at byte ${position}; ${REMEDY}`]);
  }
  ftruncateSync(file, position);
  fsyncSync(file);
}

function headOf({ root, born }: Pick<IndexOptions, "root" | "born">): Uint8Array {
  const text = JSON.stringify({ root, born } satisfies IndexHead);
  const json = Buffer.from(text);
  const payload = Buffer.concat([json, Buffer.alloc(-json.length & 7, " ")]);
  const frame = Buffer.concat([Buffer.alloc(FRAME_HEAD), payload]);
  sealFrame(frame, born);
  return Buffer.concat([Buffer.from(`${FORMAT.padEnd(FIRST_LINE - 1)}\n`), frame]);
}

/** Bytes that the index would have if it were written anew. */
function aliveBytes(table: FileTable): number {
  const { paths } = table;
  let bytes = 0;
  for (let folder = 0; folder < paths.folders; folder++) {
    bytes += folderRecordLength(paths.folderAt(folder).length);
  }
  for (let file = 0; file < table.count; file++) {
    bytes += fileRecordLength(paths.nameAt(file).length);
  }
  return bytes;
}

/** Writes all that the table knows in place of the file. */
function writeAnew(path: string, head: Uint8Array, table: FileTable): void {
  const old = openSync(path, "r");
  try {
    let position = head.length;
    write(path, head, function* () {
      for (const frame of framesOf(table, old, () => position)) {
        sealFrame(frame, table.version);
        yield frame;
        position += frame.length;
      }
    });
  } finally {
    closeSync(old);
  }
}

function* framesOf(table: FileTable, old: number, begin: () => number): Iterable<Uint8Array> {
  const { paths } = table;
  const writer = new FrameWriter();
  const md4 = new Uint8Array(16);
  for (let folder = 0; folder < paths.folders; folder++) {
    writer.folder(paths.folderAt(folder));
    if (writer.length < LARGE_FRAME) continue;
    yield writer.frame();
    writer.clear();
  }
  for (let file = 0; file < table.count; file++) {
    const facts = {
      ...{ flags: table.flags(file), changed: table.changed(file), size: table.size(file) },
      ...{ seconds: table.seconds(file), stamp: table.stamp(file) },
    };
    const hasMd4 = (facts.flags & HAS_MD4) !== 0;
    if (hasMd4) readSync(old, md4, 0, 16, table.position(file) + MD4);
    table.move(file, begin() + writer.length);
    writer.file(file, facts, table.sha256.get(file), hasMd4 ? md4 : null, paths.nameAt(file));
    if (writer.length < LARGE_FRAME) continue;
    yield writer.frame();
    writer.clear();
  }
  yield writer.frame();
}

/** Writes a file beside, and puts it in the place of the other when it is on the disk. */
function write(path: string, head: Uint8Array, frames: () => Iterable<Uint8Array>): void {
  const beside = `${path}.new`;
  const file = openSync(beside, "w", 0o644);
  try {
    writeAll(file, head);
    for (const frame of frames()) writeAll(file, frame);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
