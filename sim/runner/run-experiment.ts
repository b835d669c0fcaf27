import { Fingerprint } from "../engine/fingerprint.ts";
import { type Cell, cells } from "./config/cells.ts";
import type { Experiment } from "./config/experiment.ts";
import { runOnThreads } from "./pool.ts";
import type { RunResult } from "./replication.ts";
import { runUntil } from "./run-until.ts";
import { schedule } from "./schedule.ts";

/** All runs of one cell, by replication. */
export interface CellRuns {
  readonly cell: Cell;
  readonly runs: readonly RunResult[];
}

/** Told of each run as it ends, in no particular order. */
export type OnRun = (done: number, all: number, run: RunResult) => void;

/**
 * Runs every cell of an experiment as often as it has replications, or until it has enough, on `jobs`
 * threads.
 *
 * Threads start from the built JavaScript, so this runs from `dist/` only.
 */
export async function runExperiment(
  experiment: Experiment,
  jobs: number,
  onRun: OnRun,
): Promise<CellRuns[]> {
  const grid = cells(experiment);
  const { taskOf } = schedule(experiment);
  let done = 0;
  return runUntil(experiment, async (from, to) => {
    const first = grid.length * from;
    const results = await runOnThreads<RunResult>({
      script: new URL("./worker.js", import.meta.url),
      data: experiment,
      first,
      tasks: grid.length * (to - from),
      threads: jobs,
      onResult: (_task, run) => onRun(++done, grid.length * to, run),
    });
    const replications = Array.from({ length: to - from }, (_, at) => from + at);
    return grid.map((cell, at) => ({
      cell,
      runs: replications.map((replication) => results[taskOf(at, replication) - first]),
    }));
  });
}

/** One hash over the fingerprints of all runs, cell by cell. */
export function experimentFingerprint(all: readonly CellRuns[]): string {
  const fingerprint = new Fingerprint();
  for (const { runs } of all) for (const run of runs) fingerprint.addText(run.fingerprint);
  return fingerprint.toString();
}
