import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open, rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";

/** Bytes of the digest behind what is kept. */
const SEAL = 32;
const UNFINISHED = /\.part$/;
/** Others may have files of theirs in the folder, which have no ending. */
const KEPT = /\.\w+$/;

/** What is kept, open for reading: its first `bytes` bytes. The caller closes it. */
export interface Kept {
  readonly file: FileHandle;
  readonly bytes: number;
}

/**
 * A folder of computed digests, by names that say of what they are: nothing in it is ever changed. A
 * file is written beside its place, flushed and renamed, and has its own SHA-256 behind it, so that
 * one that is torn or spoilt counts as none. Those that were used longest ago go when all together
 * would have more than `most` bytes.
 */
export class DigestCache {
  readonly #folder: string;
  readonly #most: number;
  /** Bytes of each, the longest unused first. */
  readonly #sizes = new Map<string, number>();
  /** Those whose digest has been compared since the start. */
  readonly #sound = new Set<string>();
  #total = 0;

  /** @throws Error where the folder cannot be made or read. */
  constructor(folder: string, most: number) {
    this.#folder = folder;
    this.#most = most;
    mkdirSync(folder, { recursive: true });
    const found: { name: string; size: number; used: number }[] = [];
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (UNFINISHED.test(name)) rmSync(path, { force: true });
      else if (KEPT.test(name)) {
        const { size, mtimeMs } = statSync(path);
        found.push({ name, size, used: mtimeMs });
      }
    }
    for (const { name, size } of found.sort((one, other) => one.used - other.used)) {
      this.#sizes.set(name, size);
      this.#total += size;
    }
  }

  /** Bytes of all that is kept. */
  get bytes(): number {
    return this.#total;
  }

  /** What was kept by this name; null where it is not there, or is damaged. */
  async open(name: string): Promise<Kept | null> {
    const size = this.#sizes.get(name);
    if (size === undefined) return null;
    this.#sizes.delete(name);
    this.#sizes.set(name, size);
    const path = join(this.#folder, name);
    const file = await open(path, "r").catch(() => null);
    if (file !== null && (await this.#isSound(name, file, size))) {
      const now = Date.now() / 1000;
      await utimes(path, now, now).catch(() => {}); // Only what goes first depends on it.
      return { file, bytes: size - SEAL };
    }
    await file?.close();
    await this.#forget(name);
    return null;
  }

  /** All that was kept by this name. */
  async read(name: string): Promise<Buffer | null> {
    const kept = await this.open(name);
    if (kept === null) return null;
    try {
      const body = Buffer.alloc(kept.bytes);
      const { bytesRead } = await kept.file.read(body, 0, kept.bytes, 0);
      return bytesRead === kept.bytes ? body : null;
    } finally {
      await kept.file.close();
    }
  }

  async #isSound(name: string, file: FileHandle, size: number): Promise<boolean> {
    if (this.#sound.has(name)) return true;
    const all = await file.readFile().catch(() => Buffer.alloc(0));
    const body = all.subarray(0, -SEAL);
    if (all.length !== size || !sealOf(body).equals(all.subarray(-SEAL))) return false;
    this.#sound.add(name);
    return true;
  }

  /** @throws Error where it cannot be written; what is there stays as it is. */
  async keep(name: string, body: Uint8Array): Promise<void> {
    const size = body.length + SEAL;
    if (size > this.#most) return;
    const path = join(this.#folder, name);
    const beside = `${path}.${randomBytes(4).toString("hex")}.part`;
    try {
      const file = await open(beside, "wx");
      try {
        await file.writeFile(body);
        await file.writeFile(sealOf(body)); // Behind it: a handle goes on where it is.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true }).catch(() => {});
      throw error;
    }
    this.#total += size - (this.#sizes.get(name) ?? 0);
    this.#sizes.delete(name);
    this.#sizes.set(name, size);
    this.#sound.add(name);
    for (const [oldest] of this.#sizes) {
      if (this.#total <= this.#most) break;
      await this.#forget(oldest);
    }
  }

  async #forget(name: string): Promise<void> {
    this.#total -= this.#sizes.get(name) ?? 0;
    this.#sizes.delete(name);
    this.#sound.delete(name);
    await rm(join(this.#folder, name), { force: true }).catch(() => {});
  }
}

function sealOf(body: Uint8Array): Buffer {
  return createHash("sha256").update(body).digest();
}
