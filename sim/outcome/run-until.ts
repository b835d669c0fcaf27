import type { Experiment } from "../experiment/config/experiment.ts";
import { firstReplications } from "../experiment/first-replications.ts";
import type { CellRuns } from "../runner/cell-runs.ts";

/** Runs of every cell: the replications from `from` up to but not including `to`. */
export type RunReplications = (from: number, to: number) => Promise<readonly CellRuns[]>;

/** Runs an experiment batch by batch, until it has as many replications as it asks for. */
export async function runUntil(experiment: Experiment, run: RunReplications): Promise<CellRuns[]> {
  let done = firstReplications(experiment);
  let all = [...(await run(0, done))];
  if (experiment.until === undefined) return all;
  // Loaded when there is something to decide: the first event need not wait for statistics.
  const { nextReplications } = await import("./statistics/next-replications.ts");
  for (;;) {
    const next = nextReplications(experiment, all);
    if (next === null) return all;
    const more = await run(done, next);
    all = all.map(({ cell, runs }, at) => ({ cell, runs: [...runs, ...more[at].runs] }));
    done = next;
  }
}
