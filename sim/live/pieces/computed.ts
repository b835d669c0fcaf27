import { createHash } from "node:crypto";
import { DigestCache, type Kept } from "./digest-cache.ts";
import type { PieceParts } from "./piece-parts.ts";
import type { FileToRead, Reading, ReadingTask } from "./reading.ts";

/** Why there is nothing: the file is not what the catalogue says, or too many others wait. */
export type Missing = "differs" | "busy";

/** What is to be computed, and of which bytes. */
interface Wanted {
  /** In the cache. */
  readonly name: string;
  readonly files: readonly number[];
  readonly task: ReadingTask;
  readonly sha256: readonly Buffer[];
}

/** Seconds for which a file that differed is not read again. */
const DIFFERED_FOR = 60;
/** Files of which that is remembered. */
const MOST_DIFFERED = 10_000;

/**
 * Digests of files, from the cache or by reading: each is read once, however many ask. What comes out
 * counts only where the files are those of the catalogue, by their SHA-256.
 */
export class Computed {
  readonly #parts: PieceParts;
  readonly #cache: DigestCache;
  readonly #underWay = new Map<string, Promise<Uint8Array | Missing>>();
  /** Readings asked for and not done. */
  #waiting = 0;
  /** When files differed. */
  readonly #differed = new Map<number, number>();

  constructor(parts: PieceParts) {
    this.#parts = parts;
    this.#cache = new DigestCache(parts.folder, parts.limits.cache);
  }

  /** 20 bytes of SHA-1 for each piece of the files, then 32 bytes of SHA-256 for each. */
  pieces(files: readonly number[], length: number): Promise<Uint8Array | Missing> {
    const task = { kind: "pieces", files: this.#toRead(files), length } as const;
    return this.#once(this.#wanted(files, task));
  }

  /** The blocks of the file's signatures: in the cache, or as bytes where they could not be kept. */
  async blocks(file: number, length: number): Promise<Kept | Uint8Array | Missing> {
    const task = { kind: "blocks", file: this.#toRead([file])[0], length } as const;
    const wanted = this.#wanted([file], task);
    const kept = await this.#cache.open(wanted.name);
    if (kept !== null) return kept;
    const computed = await this.#once(wanted);
    if (typeof computed === "string") return computed;
    return (await this.#cache.open(wanted.name)) ?? computed;
  }

  /** What the files hold, in hexadecimal: SHA-256 of a single one, and of all their SHA-256 for several. */
  digestOf(files: readonly number[]): string {
    const [first, ...others] = files.map((file) => this.#sha256(file));
    if (others.length === 0) return first.toString("hex");
    return createHash("sha256")
      .update(Buffer.concat([first, ...others]))
      .digest("hex");
  }

  /** All of it is taken down at once: while something is awaited, the catalogue may change. */
  #wanted(files: readonly number[], task: ReadingTask): Wanted {
    const size = files.reduce((sum, file) => sum + this.#parts.catalogue.size(file), 0);
    const name = `${this.digestOf(files)}-${size}-${task.length}.${task.kind}`;
    return { name, files, task, sha256: files.map((file) => this.#sha256(file)) };
  }

  async #bytes({ name, files, task, sha256: expected }: Wanted): Promise<Uint8Array | Missing> {
    const kept = await this.#cache.read(name);
    if (kept !== null) return kept;
    const { now, limits, reader, failed } = this.#parts;
    const hasDiffered = (file: number) =>
      now() - (this.#differed.get(file) ?? Number.NEGATIVE_INFINITY) < DIFFERED_FOR;
    if (files.some(hasDiffered)) return "differs";
    if (this.#waiting >= limits.waiting) return "busy";
    let reading: Reading;
    this.#waiting++;
    try {
      reading = await reader.read(task);
    } catch (error) {
      failed(error);
      return "busy";
    } finally {
      this.#waiting--;
    }
    if ("problem" in reading) {
      failed(new Error(reading.problem));
      return this.#haveDiffered([files[reading.index]]);
    }
    const { digests, sha256 } = reading;
    const wrong = files.filter(
      (_, index) => !expected[index].equals(sha256.subarray(32 * index, 32 * index + 32)),
    );
    if (wrong.length > 0) return this.#haveDiffered(wrong);
    await this.#cache.keep(name, digests).catch(failed);
    return digests;
  }

  #haveDiffered(files: readonly number[]): Missing {
    for (const file of files) {
      if (this.#differed.size >= MOST_DIFFERED) this.#differed.clear();
      this.#differed.set(file, this.#parts.now());
      this.#parts.differs(file);
    }
    return "differs";
  }

  /** Has it done, or waits with those who asked for the same before. */
  #once(wanted: Wanted): Promise<Uint8Array | Missing> {
    const before = this.#underWay.get(wanted.name);
    if (before !== undefined) return before;
    const mine = this.#bytes(wanted).finally(() => this.#underWay.delete(wanted.name));
    this.#underWay.set(wanted.name, mine);
    return mine;
  }

  #toRead(files: readonly number[]): FileToRead[] {
    const { catalogue } = this.#parts;
    return files.map((file) => ({
      location: catalogue.location(file),
      size: catalogue.size(file),
    }));
  }

  /** A copy, since the catalogue's own is valid until the next call only. */
  #sha256(file: number): Buffer {
    return Buffer.from(this.#parts.catalogue.sha256(file));
  }
}
