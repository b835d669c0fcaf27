import { cells } from "../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../experiment/config/experiment.ts";
import { volunteersOf } from "../model/machines.ts";
import type { Footprint } from "./memory-estimate.ts";
import type { WorkloadSource } from "./workload-source.ts";

/** The most that an experiment asks of memory: the largest of everything, on so many threads. */
export function footprint(
  experiment: Experiment,
  sources: readonly WorkloadSource[],
  jobs: number,
): Footprint {
  const sizes = sources.map((source) => source.size());
  const largest = (of: (size: (typeof sizes)[number]) => number) => Math.max(...sizes.map(of));
  const volunteers = variantsOf(experiment).map(({ system }) => volunteersOf(system).length);
  return {
    files: largest(({ files }) => files),
    customers: largest(({ customers }) => customers),
    requests: largest(({ requests }) => requests),
    volunteers: Math.max(...volunteers),
    threads: Math.min(jobs, cells(experiment).length * experiment.replications),
  };
}
