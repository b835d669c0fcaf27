import { cells } from "../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../experiment/config/experiment.ts";
import { firstReplications } from "../experiment/first-replications.ts";
import { manifestJson } from "../experiment/manifest.ts";

/** One run of one cell: the unit in which work is given out and results are kept. */
export interface Shard {
  /** Number of the cell, as `cells` counts. */
  readonly cell: number;
  readonly replication: number;
}

/** All runs of the replications from `from` up to but not including `to`. */
export function shardsOf(
  experiment: Experiment,
  from = 0,
  to = firstReplications(experiment),
): Shard[] {
  const grid = cells(experiment);
  return Array.from({ length: to - from }, (_, at) =>
    grid.map((_cell, cell) => ({ cell, replication: from + at })),
  ).flat();
}

/**
 * In which order runs are made, which does not change their results: replication by replication, and
 * in each the cells of one workload after another, so that a thread can use the workload it has made
 * again.
 */
export function scheduled(experiment: Experiment, shards: readonly Shard[]): Shard[] {
  const workloads = workloadNumbers(experiment);
  const ofCell = cells(experiment).map(({ variant }) => workloads[variant]);
  return [...shards].sort(
    (a, b) => a.replication - b.replication || ofCell[a.cell] - ofCell[b.cell] || a.cell - b.cell,
  );
}

/** For each variant the number of the first variant with the same workload. */
export function workloadNumbers(experiment: Experiment): number[] {
  const first = new Map<string, number>();
  return variantsOf(experiment).map(({ workload, window }, variant) => {
    const key = manifestJson([workload, window]);
    const number = first.get(key) ?? variant;
    first.set(key, number);
    return number;
  });
}
