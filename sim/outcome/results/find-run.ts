import { existsSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import { MANIFEST_FILE, readRun, runsIn, type StoredRun } from "./run-folder.ts";

/**
 * The run that `text` names: a run's folder, or an experiment's file, whose newest run below `out` is
 * meant.
 *
 * @throws InputError when there is no such run.
 */
export function findRun(text: string, out: string): StoredRun {
  if (!existsSync(text)) {
    throw new InputError([`${text}: expected a run's folder or an experiment's file; got nothing`]);
  }
  return readRun(statSync(text).isDirectory() ? text : newestOf(text, out));
}

function newestOf(file: string, out: string): string {
  const parent = join(out, basename(file, extname(file)));
  const runs = runsIn(parent)
    .map((name) => join(parent, name))
    .map((folder) => ({ folder, written: statSync(join(folder, MANIFEST_FILE)).mtimeMs }))
    .sort((a, b) => b.written - a.written);
  if (runs.length === 0) {
    const make = `npx sim run ${file} makes one`;
    throw new InputError([`${file}: expected a run below ${parent}; got none; ${make}`]);
  }
  return runs[0].folder;
}
