import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import { type Cell, cells } from "../../experiment/config/cells.ts";
import { type Manifest, manifestOf } from "../../experiment/manifest.ts";
import type { CellRuns } from "../../runner/cell-runs.ts";
import type { RunResult } from "../../runner/replication.ts";
import { packedJson, packedOf } from "../../runner/run-store/packed-json.ts";

/** Where the results come from, in a run's folder. */
export const MANIFEST_FILE = "manifest.json";

/** The results of every run: a line of JSON for each, with the numbers of its cell and replication. */
export const RUNS_FILE = "runs.jsonl";

/** A finished run of an experiment, as its folder tells it. */
export interface StoredRun {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly all: readonly CellRuns[];
}

export function runsText(all: readonly CellRuns[]): string {
  const lines = all.flatMap(({ runs }, cell) =>
    runs.map((run, replication) => `${packedJson({ cell, replication, run })}\n`),
  );
  return lines.join("");
}

/**
 * Reads what `sim run` has left in `folder`.
 *
 * @throws InputError when it is not the folder of a run.
 */
export function readRun(folder: string): StoredRun {
  const missing = [MANIFEST_FILE, RUNS_FILE].filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) {
    const inside = runsIn(folder).map((name) => join(folder, name));
    const known = inside.length === 0 ? "" : `; runs: ${inside.join(", ")}`;
    throw new InputError([`${folder}: missing ${missing.join(" and ")}${known}`]);
  }
  const manifest = read(join(folder, MANIFEST_FILE), manifestOf);
  const all = cells(manifest.experiment).map((cell): { cell: Cell; runs: RunResult[] } => {
    return { cell, runs: [] };
  });
  for (const { cell, replication, run } of read(join(folder, RUNS_FILE), linesOf)) {
    if (all[cell] === undefined) {
      const place = join(folder, RUNS_FILE);
      throw new InputError([`${place}: invalid cell: ${cell}; not in [0, ${all.length})`]);
    }
    all[cell].runs[replication] = run;
  }
  return { folder, manifest, all };
}

/** Names of the folders in `parent` that hold runs, sorted. */
export function runsIn(parent: string): string[] {
  if (!existsSync(parent) || !statSync(parent).isDirectory()) return [];
  return readdirSync(parent)
    .filter((name) => existsSync(join(parent, name, RUNS_FILE)))
    .sort();
}

interface RunLine {
  readonly cell: number;
  readonly replication: number;
  readonly run: RunResult;
}

function linesOf(text: string): RunLine[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => packedOf(line) as RunLine);
}

function read<Value>(path: string, parse: (text: string) => Value): Value {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new InputError([`${path}: expected JSON; got ${error.message}`]);
    }
    throw error;
  }
}
