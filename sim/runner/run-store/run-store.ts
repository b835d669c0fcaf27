import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import { hasEnded, processName } from "../process-name.ts";
import type { RunResult } from "../replication.ts";
import { systemCode, Unfinished } from "../unfinished.ts";
import { entryOf, entryText } from "./entry.ts";

/** Where the store lies in the folder of all results. */
export const STORE_FOLDER = ".store";

/** Results of runs by the keys of what they depend on: a folder that any number of processes share. */
export interface RunStore {
  readonly folder: string;
  /** The result, undefined where there is none, null where what is there is damaged. */
  get(key: string): RunResult | undefined | null;
  /** @throws Unfinished when the disk is full or cannot be written. */
  put(key: string, run: RunResult): void;
  /** Whether there is an entry, whole or not. */
  has(key: string): boolean;
  remove(key: string): void;
}

/**
 * Opens the store in `folder`, which is made where there is none.
 *
 * An entry is written under a name of its own beside the entries, forced to the disk and renamed: who
 * looks for it finds nothing or all of it. Two processes that write one entry write the same bytes.
 *
 * @throws InputError when the folder cannot be used, Unfinished when the disk is full.
 */
export function openRunStore(folder: string): RunStore {
  const writing = writingFolder(folder);
  explained(folder, () => mkdirSync(writing, { recursive: true }));
  removeAbandoned(writing);
  let written = 0;
  const pathOf = (key: string) => entryPath(folder, key, ".json");
  return {
    folder,
    get(key) {
      const text = readIfThere(pathOf(key));
      return text === undefined ? undefined : entryOf(key, text);
    },
    has: (key) => existsSync(pathOf(key)),
    remove: (key) => explained(folder, () => rmSync(pathOf(key), { force: true })),
    put(key, run) {
      const path = pathOf(key);
      const name = `${processName()} ${written++}`;
      explained(folder, () => {
        mkdirSync(dirname(path), { recursive: true });
        replace(path, join(writing, name), entryText(key, run));
      });
    },
  };
}

/** Where files are written before they are renamed. */
export function writingFolder(folder: string): string {
  return join(folder, "writing");
}

/** Where the store keeps something of a run. */
export function entryPath(folder: string, key: string, ending: string): string {
  return join(folder, key.slice(0, 2), key.slice(2, 4), `${key}${ending}`);
}

function replace(path: string, writing: string, text: string): void {
  try {
    const file = openSync(writing, "w");
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(writing, path);
  } catch (error) {
    rmSync(writing, { force: true });
    throw error;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** What the system says where a disk is full. */
export const NO_ROOM: readonly string[] = ["ENOSPC", "EDQUOT", "EFBIG"];
const NO_FOLDER = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ELOOP", "ENAMETOOLONG"];

/** Says what is wrong with the disk in a sentence. */
export function explained<Result>(folder: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (NO_FOLDER.includes(code)) {
      throw new InputError([`${folder}: expected a folder that can be written; got ${code}`]);
    }
    const why = NO_ROOM.includes(code) ? "no room is left" : "writing failed";
    throw new Unfinished(`${folder}: ${why} (${code}); what was finished before is kept`);
  }
}

/** Removes what processes of this machine that have died left unfinished. */
function removeAbandoned(writing: string): void {
  for (const name of readdirSync(writing)) {
    if (hasEnded(name.split(" ")[0])) rmSync(join(writing, name), { force: true });
  }
}
