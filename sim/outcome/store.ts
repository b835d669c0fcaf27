import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { hasEnded, processName } from "../runner/process-name.ts";
import { systemCode } from "../runner/unfinished.ts";

/** Prefix of folders that are being written or replaced; never the name of a run. */
const WRITING = ".writing-";

/** Between a writer's name and the name of the run that it is replacing. */
const REPLACES = " replaces ";

/** Far more often than two processes can meet at the same folder. */
const MOST_TRIES = 100;

/** The files of a run, by name: what is in them, or what writes them to a path. */
export type RunFiles = ReadonlyMap<string, string | Uint8Array | ((path: string) => void)>;

/**
 * Writes the files of a run into `folder`, all or none.
 *
 * They are written under another name beside it, which is then renamed: who looks at `folder`
 * sees the old files or the new, and a killed run leaves no half result.
 */
export function writeRun(folder: string, files: RunFiles): void {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  clearAbandoned(parent);
  const writing = join(parent, `${WRITING}${processName()}`);
  mkdirSync(writing);
  try {
    for (const [name, content] of files) {
      const path = join(writing, name);
      if (typeof content === "function") content(path);
      else writeFileSync(path, content);
    }
    putInPlace(writing, folder);
  } finally {
    rmSync(writing, { recursive: true, force: true });
  }
}

/** A folder cannot be renamed over another: the old one is moved aside first, and back on failure. */
function putInPlace(writing: string, folder: string): void {
  const replaced = `${writing}${REPLACES}${basename(folder)}`;
  try {
    for (let tries = 1; ; tries++) {
      moveIfThere(folder, replaced);
      try {
        renameSync(writing, folder);
        return;
      } catch (error) {
        const isTaken = ["ENOTEMPTY", "EEXIST"].includes(systemCode(error) ?? "");
        if (!isTaken || tries === MOST_TRIES) throw error; // Else another process was faster.
        rmSync(replaced, { recursive: true, force: true });
      }
    }
  } catch (error) {
    if (!existsSync(folder)) moveIfThere(replaced, folder);
    throw error;
  } finally {
    rmSync(replaced, { recursive: true, force: true });
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

/** Removes what processes that have ended left unfinished, and puts back what they had moved aside. */
function clearAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(WRITING)) continue;
    const [writer, run] = name.slice(WRITING.length).split(REPLACES);
    if (!hasEnded(writer)) continue;
    const abandoned = join(parent, name);
    if (run !== undefined && !existsSync(join(parent, run)))
      renameSync(abandoned, join(parent, run));
    else rmSync(abandoned, { recursive: true, force: true });
  }
}
