import { closeSync, existsSync, fsync, openSync, readFileSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { type CoordinatorState, type SavedNames, stateOf } from "../../coordinator/index.ts";
import { sha256 } from "../../experiment/file-digest.ts";
import type { FileCalls } from "./group-commit.ts";

/** What a snapshot holds. */
export interface KeptState {
  readonly coordinator: CoordinatorState;
  /** Plain data of the host. */
  readonly host?: unknown;
  /** The paths of the files by number, where the host keeps them nowhere else. */
  readonly paths?: SavedNames;
}

/**
 * Writes the whole file or none, such that it is still there after a loss of power: beside its place,
 * on the disk, renamed, and the folder on the disk too.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  calls: FileCalls,
): Promise<void> {
  const writing = `${path}.writing`;
  try {
    const file = await open(writing, "w");
    try {
      await writeAll(file.fd, bytes, calls);
      await synced(file.fd, calls);
    } finally {
      await file.close();
    }
    await rename(writing, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(writing, { force: true });
    throw error;
  }
}

/** Puts on the disk which files there are in a folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, "r");
  try {
    await promisify(fsync)(folder);
  } finally {
    closeSync(folder);
  }
}

async function writeAll(fd: number, bytes: Uint8Array, calls: FileCalls): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const offset = done;
    done += await new Promise<number>((resolve, reject) => {
      const length = Math.min(bytes.length - offset, MOST_AT_ONCE);
      calls.write(fd, bytes, offset, length, null, (error, written) => {
        if (error !== null) reject(error);
        else if (written === 0) reject(new Error("write(2) wrote nothing"));
        else resolve(written);
      });
    });
  }
}

function synced(fd: number, calls: FileCalls): Promise<void> {
  return new Promise((resolve, reject) => {
    calls.fsync(fd, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** Bytes; less than one call of the system writes. */
const MOST_AT_ONCE = 2 ** 26;

/** The state in a snapshot whose SHA-256 is `digest`, or in one sentence why there is none. */
export function keptIn(path: string, digest: string | null): KeptState | string {
  if (!existsSync(path)) return "it is missing";
  const bytes = readFileSync(path);
  const found = sha256(bytes);
  if (found !== digest) return `expected SHA-256 ${digest}; got ${found}`;
  try {
    return stateOf(bytes) as KeptState;
  } catch (error) {
    return (error as Error).message;
  }
}
