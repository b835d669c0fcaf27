import { cells } from "./config/cells.ts";
import { type Experiment, variantsOf } from "./config/experiment.ts";
import { manifestJson } from "./manifest.ts";

/** In which order the runs of an experiment are made. It does not change their results. */
export interface Schedule {
  readonly tasks: number;
  /** The cell, by its number, and the replication that a task runs. */
  runOf(task: number): { readonly cell: number; readonly replication: number };
  /** The reverse. */
  taskOf(cell: number, replication: number): number;
}

/**
 * Replication by replication, and in each the cells of one workload after another, so that a thread
 * can use the workload it has made again.
 */
export function schedule(experiment: Experiment): Schedule {
  const grid = cells(experiment);
  const workloads = workloadNumbers(experiment);
  const order = grid
    .map(({ variant }, cell) => ({ cell, workload: workloads[variant] }))
    .sort((a, b) => a.workload - b.workload)
    .map(({ cell }) => cell);
  const places = new Map(order.map((cell, place) => [cell, place]));
  return {
    tasks: grid.length * experiment.replications,
    runOf: (task) => ({
      cell: order[task % grid.length],
      replication: Math.floor(task / grid.length),
    }),
    taskOf: (cell, replication) => replication * grid.length + (places.get(cell) ?? 0),
  };
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
