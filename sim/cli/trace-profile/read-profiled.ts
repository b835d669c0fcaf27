import { existsSync } from "node:fs";
import { basename } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import { readRecipe } from "../../experiment/recipe/read-recipe.ts";
import type { Account } from "../../workload/import/account.ts";
import { formatNamed, type Gives } from "../../workload/import/detect-log.ts";
import { importTrace, MERGE_WITHIN } from "../../workload/import/import-trace.ts";
import { profileAccess } from "../../workload/profile/profile-access.ts";
import { profileSync } from "../../workload/profile/sync.ts";
import { type Targets, targetsOf } from "../../workload/profile/targets.ts";
import { isCompiledTrace, readTrace } from "../../workload/trace/compiled/read.ts";
import type { SyncTrace, Trace } from "../../workload/trace/trace.ts";
import type { Profiled } from "./profiled.ts";

export interface ReadTrace {
  readonly trace: Trace;
  /** What reading it left out. */
  readonly notes: readonly string[];
}

/** How logs are read. */
export interface ReadOptions {
  /** Name of the logs' format; found out without one. */
  readonly format?: string | undefined;
  /** What to read where a format has both. */
  readonly as?: Gives | undefined;
  /** The largest share of a file's lines, from 0 to 1, that may be bad. */
  readonly maxBad: number;
}

/**
 * Reads a compiled trace, or logs of any known format that together are one. Nodes of a log are
 * numbered, since their addresses would stand in what is written of them.
 *
 * @throws InputError when a file cannot be read or logs and compiled traces are mixed.
 */
export async function readTraceOrLogs(
  paths: readonly string[],
  { format, as, maxBad }: ReadOptions,
): Promise<ReadTrace> {
  if (!(maxBad >= 0 && maxBad <= 1)) {
    throw new InputError([`invalid --max-bad: ${maxBad}; not in [0, 1]`]);
  }
  if (paths.some(isCompiledTrace)) {
    if (paths.length > 1) {
      throw new InputError([`expected one compiled trace or logs; got ${paths.join(", ")}`]);
    }
    return { trace: readTrace(paths[0]), notes: [] };
  }
  const { trace, logs, outOfOrder, pieces } = await importTrace(paths, {
    format: format === undefined ? null : formatNamed(format),
    as: as ?? null,
    catalogues: [],
    maxBad,
    mergeWithin: MERGE_WITHIN,
    key: null,
  });
  const notes = [
    ...logs.flatMap(notesOf),
    ...(outOfOrder > 0 ? [`${outOfOrder} rows were out of order and sorted by time`] : []),
    ...(pieces > 0 ? [`${pieces} pieces of downloads were merged`] : []),
  ];
  return { trace: trace.kind === "access" ? trace : withNumberedNodes(trace), notes };
}

/** Reads and profiles a trace. */
export async function readProfiled(
  paths: readonly string[],
  options: ReadOptions,
): Promise<Profiled> {
  const { trace, notes } = await readTraceOrLogs(paths, options);
  return {
    name: basename(paths[0]),
    profile: trace.kind === "access" ? profileAccess(trace) : profileSync(trace),
    targets: targetsBeside(paths[0], trace),
    notes,
  };
}

function withNumberedNodes(trace: SyncTrace): SyncTrace {
  const { length } = trace.nodes;
  return { ...trace, nodes: { length, at: (node) => `node-${node + 1}` } };
}

/** Targets of the recipe that `sim trace synth` leaves beside the traces it makes. */
function targetsBeside(path: string, trace: Trace): Targets | null {
  const recipePath = path.replace(/\.mlt$/, ".yaml");
  const isMade = ["requests.mlt", "syncs.mlt"].includes(basename(path));
  if (!isMade || !existsSync(recipePath)) return null;
  const recipe = readRecipe(recipePath);
  const isIts = recipe.trace === trace.kind && recipe.window === trace.window;
  return isIts ? targetsOf(recipe) : null;
}

function notesOf({ path, format, lines, rows, ignored, bad }: Account): string[] {
  const reasons = [...ignored].map(([reason, count]) => `${count} × ${reason}`);
  return [
    `${path}: ${rows} of ${lines} lines of ${format} give rows`,
    ...(reasons.length > 0 ? [`${path}: lines without a row: ${reasons.join(", ")}`] : []),
    ...(bad > 0 ? [`${path}: unreadable lines: ${bad}`] : []),
  ];
}
