/** What is computed of files in one pass over their bytes. */
import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { rollingChecksum } from "./rolling-checksum.ts";
import { ENTRY, STRONG } from "./signatures.ts";

/** A file on the disk, and how many bytes it has to have. */
export interface FileToRead {
  readonly location: string;
  readonly size: number;
}

/** The files one after the other, cut into pieces (BEP 3), or one file into blocks. */
export type ReadingTask =
  | { readonly kind: "pieces"; readonly files: readonly FileToRead[]; readonly length: number }
  | { readonly kind: "blocks"; readonly file: FileToRead; readonly length: number };

export interface ReadingResult {
  /** SHA-256 of each file, 32 bytes each. */
  readonly sha256: Uint8Array;
  /**
   * For pieces 20 bytes of SHA-1 for each and then 32 bytes of SHA-256 for each; for blocks `ENTRY` bytes
   * each, as signatures have them.
   */
  readonly digests: Uint8Array;
}

/** The file that cannot be read or has another size, by its index, and what is wrong with it. */
export interface Unreadable {
  readonly index: number;
  readonly problem: string;
}

export type Reading = ReadingResult | Unreadable;

/** Who reads files. */
export interface Reader {
  /** @throws Error where not the files are to blame. */
  read(task: ReadingTask): Promise<Reading>;
  close(): Promise<void>;
}

/** Bytes read at a time. */
const PART = 1 << 20;

/** Reads the files, and computes. */
export async function readThrough(task: ReadingTask): Promise<Reading> {
  const files = task.kind === "pieces" ? task.files : [task.file];
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const count = Math.ceil(total / task.length);
  const cutter = task.kind === "pieces" ? new PieceDigests(count) : new BlockDigests(count);
  const sha256 = new Uint8Array(32 * files.length);
  let left = task.length;
  const cut = (part: Uint8Array) => {
    for (let at = 0; at < part.length; ) {
      const to = Math.min(part.length, at + left);
      cutter.update(part.subarray(at, to));
      left -= to - at;
      at = to;
      if (left > 0) continue;
      cutter.next();
      left = task.length;
    }
  };
  for (const [index, file] of files.entries()) {
    const whole = createHash("sha256");
    try {
      for await (const part of partsOf(file)) {
        whole.update(part);
        cut(part);
      }
    } catch (error) {
      return { index, problem: error instanceof Error ? error.message : String(error) };
    }
    sha256.set(whole.digest(), 32 * index);
  }
  if (left < task.length) cutter.next();
  return { sha256, digests: cutter.digests };
}

/** The bytes of a file; a part is valid until the next. */
async function* partsOf({ location, size }: FileToRead): AsyncGenerator<Uint8Array> {
  const file = await open(location, "r");
  try {
    if ((await file.stat()).size !== size) throw new Error(`${location} has another size`);
    const buffer = Buffer.allocUnsafe(Math.min(PART, size));
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - at), at);
      if (bytesRead === 0) throw new Error(`${location} has another size`);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** Digests pieces: is given the bytes of one, then told that the next begins. */
class PieceDigests {
  readonly digests: Uint8Array;
  readonly #count: number;
  #number = 0;
  #sha1: Hash = createHash("sha1");
  #sha256: Hash = createHash("sha256");

  constructor(count: number) {
    this.#count = count;
    this.digests = new Uint8Array(52 * count);
  }

  update(bytes: Uint8Array): void {
    this.#sha1.update(bytes);
    this.#sha256.update(bytes);
  }

  next(): void {
    this.digests.set(this.#sha1.digest(), 20 * this.#number);
    this.digests.set(this.#sha256.digest(), 20 * this.#count + 32 * this.#number);
    this.#number++;
    this.#sha1 = createHash("sha1");
    this.#sha256 = createHash("sha256");
  }
}

/** Does the same for blocks. */
class BlockDigests {
  readonly digests: Uint8Array;
  #number = 0;
  #strong: Hash = createHash("sha256");
  #rolling = 0;

  constructor(count: number) {
    this.digests = new Uint8Array(ENTRY * count);
  }

  update(bytes: Uint8Array): void {
    this.#strong.update(bytes);
    this.#rolling = rollingChecksum(bytes, this.#rolling);
  }

  next(): void {
    const at = ENTRY * this.#number;
    new DataView(this.digests.buffer).setUint32(at, this.#rolling);
    this.digests.set(this.#strong.digest().subarray(0, STRONG), at + 4);
    this.#number++;
    this.#strong = createHash("sha256");
    this.#rolling = 0;
  }
}
