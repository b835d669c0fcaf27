/** A folder of files with a catalogue, and torrents and signatures of them, read without a thread. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import seedrandom from "seedrandom";
import { bind, policies, policyNamed } from "../../policies/index.ts";
import type { CatalogueView } from "../parts.ts";
import type { ChunkSizes } from "./piece-length.ts";
import { PIECE_LIMITS, type PieceParts } from "./piece-parts.ts";
import { Pieces } from "./pieces.ts";
import { type ReadingTask, readThrough } from "./reading.ts";

export function chunkSizes(
  name: string,
  params: Readonly<Record<string, number>> = {},
): ChunkSizes {
  return bind(policyNamed(policies.chunkSize, name), params);
}

/** Bytes that are the same in every run, and in which nothing repeats. */
export function bytesOf(seed: string, size: number): Buffer {
  const random = seedrandom.alea(seed);
  return Buffer.from(Uint8Array.from({ length: size }, () => 256 * random()));
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

/** The folder holds `files/` with what is given, and `state/`; to be ended by `end`. */
export function testFolder(files: Readonly<Record<string, Uint8Array>>) {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-pieces-"));
  const paths = Object.keys(files);
  const contents = Object.values(files);
  const removed = new Set<number>();
  let version = 1;
  const put = (file: number, bytes: Uint8Array) => {
    contents[file] = bytes;
    version++;
    const path = join(folder, "files", paths[file]);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  };
  for (const [file, bytes] of contents.entries()) put(file, bytes);
  const catalogue: CatalogueView = {
    get version() {
      return version;
    },
    count: paths.length,
    find: (path) => paths.findIndex((each, file) => each === path && !removed.has(file)),
    has: (file) => file >= 0 && file < paths.length && !removed.has(file),
    path: (file) => paths[file],
    size: (file) => contents[file].length,
    modified: () => 0,
    sha256: (file) => sha256(contents[file]),
    md4: () => null,
    location: (file) => join(folder, "files", paths[file]),
    identical: () => [],
  };
  const seen = { tasks: [] as ReadingTask[], differs: [] as number[], failures: [] as unknown[] };
  const clock = { now: 0 };
  /** What a server has after each start. */
  const start = (changes: Partial<PieceParts> = {}): Pieces =>
    new Pieces({
      ...{ catalogue, folder: join(folder, "state"), self: "http://server.example/" },
      pieceSizes: chunkSizes("fixed", { chunkSize: 16_384 }),
      blockSizes: chunkSizes("sqrt"),
      reader: {
        read(task) {
          seen.tasks.push(task);
          return readThrough(task);
        },
        async close() {},
      },
      mirrorsOf: () => [],
      differs: (file) => seen.differs.push(file),
      failed: (error) => seen.failures.push(error),
      now: () => clock.now,
      limits: { ...PIECE_LIMITS, smallest: 10_000 },
      ...changes,
    });
  return {
    ...{ folder, state: join(folder, "state"), catalogue, seen, clock, start, put },
    remove(file: number) {
      removed.add(file);
      version++;
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type TestFolder = ReturnType<typeof testFolder>;
