import { createHash } from "node:crypto";
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { createMD4 } from "hash-wasm";
import { secondsOf, stampOf } from "./stamp.ts";
import { type Digests, Reading, type TreeOptions } from "./tree-reader.ts";

/** Bytes that are read at once. */
const CHUNK = 1 << 20;

type Hasher = Awaited<ReturnType<typeof createMD4>>;

/** One file's digests, and what it was like when they were taken; or why there are none. */
type Digested =
  | { readonly stat: BigIntStats; readonly sha256: Uint8Array; readonly md4: Uint8Array | null }
  | Exclude<(typeof Reading)[keyof typeof Reading], typeof Reading.DIGESTED>;

/**
 * Takes SHA-256 (FIPS 180-4) and MD4 (RFC 1320) of files, in one pass over their bytes. It waits for the
 * disk and keeps its thread busy: see `worker.ts`.
 */
export class Digester {
  readonly #root: string;
  readonly #md4: Hasher | null;
  readonly #onBytes: (bytes: number) => void;
  readonly #chunk = Buffer.allocUnsafeSlow(CHUNK);

  private constructor(root: string, md4: Hasher | null, onBytes: (bytes: number) => void) {
    this.#root = root;
    this.#md4 = md4;
    this.#onBytes = onBytes;
  }

  /** @param onBytes Told of bytes as they are read. */
  static async create(
    { root, md4 }: TreeOptions,
    onBytes: (bytes: number) => void,
  ): Promise<Digester> {
    return new Digester(root, md4 ? await createMD4() : null, onBytes);
  }

  /** @param paths From the root. */
  digest(paths: readonly string[]): Digests {
    const count = paths.length;
    const digests = {
      readings: new Uint8Array(count),
      sizes: new Float64Array(count),
      seconds: new Uint32Array(count),
      stamps: new Uint32Array(count),
      sha256: new Uint8Array(32 * count),
      md4: this.#md4 === null ? null : new Uint8Array(16 * count),
    };
    for (let i = 0; i < count; i++) {
      const found = this.#file(`${this.#root}/${paths[i]}`);
      if (typeof found === "number") {
        digests.readings[i] = found;
        continue;
      }
      digests.sizes[i] = Number(found.stat.size);
      digests.seconds[i] = secondsOf(found.stat);
      digests.stamps[i] = stampOf(found.stat);
      digests.sha256.set(found.sha256, 32 * i);
      if (found.md4 !== null) digests.md4?.set(found.md4, 16 * i);
    }
    return digests;
  }

  #file(path: string): Digested {
    try {
      // What was a file a moment ago may be a pipe by now, which would keep us waiting.
      const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        return this.#settled(file) ?? this.#settled(file) ?? Reading.UNSETTLED;
      } finally {
        closeSync(file);
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ENOTDIR" ? Reading.GONE : Reading.UNREADABLE;
    }
  }

  /** Null where it was written to meanwhile. */
  #settled(file: number): Digested | null {
    const before = fstatSync(file, { bigint: true });
    if (!before.isFile()) return Reading.GONE;
    const sha256 = createHash("sha256");
    this.#md4?.init();
    let bytes = 0;
    for (;;) {
      const read = readSync(file, this.#chunk, 0, CHUNK, bytes);
      if (read === 0) break;
      bytes += read;
      if (bytes > before.size) return null; // It grows, and may do so as fast as we read.
      const chunk = this.#chunk.subarray(0, read);
      sha256.update(chunk);
      this.#md4?.update(chunk);
      this.#onBytes(read);
    }
    const stat = fstatSync(file, { bigint: true });
    const isSettled = stat.size === BigInt(bytes) && stampOf(stat) === stampOf(before);
    if (!isSettled) return null;
    return { stat, sha256: sha256.digest(), md4: this.#md4?.digest("binary") ?? null };
  }
}
