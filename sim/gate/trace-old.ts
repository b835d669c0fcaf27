/** Asks the program that made a baseline for the events of a window of which only a hash was kept. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Moment } from "./events/moment.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where programs have what tells their events, the newest first. */
const DUMPS = ["dist/gate/events/dump.js", "dist/runner/check/events/dump.js"];

/** The program of a baseline's commit, built in a folder of its own. */
export interface OldProgram {
  readonly commit: string;
  /** The moments that a cell of the experiment in `file` had from `at` on. */
  window(file: string, cell: string, at: number, length: number): readonly Moment[];
  remove(): void;
}

/** Checks out and builds the commit that wrote the baseline; the reason where that cannot be. */
export function oldProgram(baseline: string): OldProgram | string {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-old-"));
  const tree = join(folder, "tree");
  const remove = () => {
    if (existsSync(tree)) git("worktree", "remove", "--force", tree);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const commit = git("log", "-1", "--format=%H", "--", resolve(baseline));
    if (commit === "") return `${baseline} is not committed`;
    git("worktree", "add", "--detach", tree, commit);
    symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"));
    run(tree, "npm", ["run", "--silent", "build"]);
    const script = DUMPS.map((path) => join(tree, path)).find((path) => existsSync(path));
    if (script === undefined) {
      remove();
      return `${commit.slice(0, 12)} cannot tell its events yet`;
    }
    return {
      commit,
      window(file, cell, at, length) {
        const from = relative(ROOT, resolve(file));
        const said = run(tree, process.execPath, [script, from, cell, `${at}`, `${length}`]);
        return JSON.parse(said) as Moment[];
      },
      remove,
    };
  } catch (error) {
    remove();
    return `it could not be built: ${String(error).split("\n")[0]}`;
  }
}

function git(...args: string[]): string {
  return run(ROOT, "git", args).trim();
}

function run(cwd: string, command: string, args: readonly string[]): string {
  const stdio = ["ignore", "pipe", "pipe"] as const;
  return execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: [...stdio],
    maxBuffer: 2 ** 28,
  });
}
