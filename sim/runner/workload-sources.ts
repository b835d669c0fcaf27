import type { Experiment } from "../experiment/config/experiment.ts";
import { variantsOf } from "../experiment/config/experiment.ts";
import type { CompiledTrace } from "../workload/trace/compiled/read.ts";
import { workloadNumbers } from "./schedule.ts";
import { type WorkloadSource, workloadSource } from "./workload-source.ts";

/** Every input of an experiment: one source for all variants that have the same workload. */
export async function workloadSources(experiment: Experiment): Promise<WorkloadSource[]> {
  const variants = variantsOf(experiment);
  const distinct = [...new Set(workloadNumbers(experiment))];
  const sources: WorkloadSource[] = [];
  // One after another: logs are large while they are read.
  for (const number of distinct) sources.push(await workloadSource(variants[number]));
  return sources;
}

/** Compiled traces by the number of the workload that replays them. */
export type CompiledTraces = ReadonlyMap<number, CompiledTrace>;

/** The compiled traces among all sources of an experiment. */
export function compiledTraces(
  experiment: Experiment,
  sources: readonly WorkloadSource[],
): CompiledTraces {
  const distinct = [...new Set(workloadNumbers(experiment))];
  const traces = new Map<number, CompiledTrace>();
  for (const [index, { compiled }] of sources.entries()) {
    if (compiled !== null) traces.set(distinct[index], compiled);
  }
  return traces;
}

/** The input files of all sources, and what is to be known of them, each once. */
export function inputsOf(sources: readonly WorkloadSource[]): {
  readonly paths: readonly string[];
  readonly notes: readonly string[];
} {
  const paths = new Set(sources.flatMap((source) => source.paths));
  const notes = new Set(sources.flatMap((source) => source.notes));
  return { paths: [...paths], notes: [...notes] };
}
