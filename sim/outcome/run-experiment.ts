import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { type Means, runShards } from "../runner/run-shards.ts";
import { shardsOf } from "../runner/schedule.ts";
import { runUntil } from "./run-until.ts";

/** Runs every cell of an experiment as often as it has replications, or until it has enough. */
export async function runExperiment(experiment: Experiment, means: Means): Promise<CellRuns[]> {
  return runUntil(experiment, async (from, to) => {
    const shards = shardsOf(experiment, from, to);
    const runs = await runShards(experiment, shards, means);
    return cells(experiment).map((cell, at) => ({
      cell,
      runs: runs.filter((_, index) => shards[index].cell === at),
    }));
  });
}
