import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Prefix of folders that are being written; never the name of a run. */
const WRITING = ".writing-";

/**
 * Writes the files of a run into `folder`, all or none.
 *
 * They are written under another name beside it, which is then renamed: who looks at `folder`
 * sees the old files or the new, and a killed run leaves no half result.
 */
export function writeRun(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  const writing = join(parent, `${WRITING}${process.pid}`);
  const replaced = join(parent, `${WRITING}${process.pid}-replaced`);
  mkdirSync(writing);
  try {
    for (const [name, content] of files) writeFileSync(join(writing, name), content);
    if (existsSync(folder)) renameSync(folder, replaced);
    renameSync(writing, folder);
  } catch (error) {
    if (!existsSync(folder) && existsSync(replaced)) renameSync(replaced, folder);
    throw error;
  } finally {
    rmSync(writing, { recursive: true, force: true });
    rmSync(replaced, { recursive: true, force: true });
  }
}

/** Removes what processes that have died left unfinished. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(WRITING)) continue;
    if (!isAlive(Number.parseInt(name.slice(WRITING.length), 10))) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false; // Ours, from an earlier attempt: we write one at a time.
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
