import { type Cell, cells } from "../../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../../experiment/config/experiment.ts";
import { loadOwnPolicies, type OwnPolicies } from "../../experiment/own-policy/load.ts";
import { runOnThreads } from "../../runner/pool.ts";
import { replicationStreams } from "../../runner/replication.ts";
import { workloadNumbers } from "../../runner/schedule.ts";
import { workloadSource } from "../../runner/workload-source.ts";
import type { Workload } from "../../workload/workload.ts";
import { RETRACED, type Retraced, retrace, type Wanted } from "./retrace.ts";

export interface RetraceTask {
  /** The cell's number. */
  readonly cell: number;
  readonly wanted: Wanted;
}

/** Retraces cells on `jobs` threads; the answers come in the order of the tasks. */
export function retraceAll(
  experiment: Experiment,
  tasks: readonly RetraceTask[],
  jobs: number,
): Promise<Retraced[]> {
  return runOnThreads<RetraceTask, Retraced>({
    script: new URL("./retrace-worker.js", import.meta.url),
    data: experiment,
    tasks,
    threads: jobs,
    onResult() {},
    onRetry() {},
  });
}

/** Retraces the cells of an experiment one by one, and reads what they share once. */
export class Retracer {
  readonly #experiment: Experiment;
  readonly #grid: readonly Cell[];
  readonly #workloads = new Map<number, Workload>();
  #own: OwnPolicies | undefined;

  constructor(experiment: Experiment) {
    this.#experiment = experiment;
    this.#grid = cells(experiment);
  }

  async retrace({ cell: at, wanted }: RetraceTask): Promise<Retraced> {
    const cell = this.#grid[at];
    const workload = await this.#workloadOf(cell.variant);
    this.#own ??= await loadOwnPolicies(this.#experiment);
    return retrace(this.#experiment, cell, workload, this.#own, wanted);
  }

  async #workloadOf(variant: number): Promise<Workload> {
    const number = workloadNumbers(this.#experiment)[variant];
    const known = this.#workloads.get(number);
    if (known !== undefined) return known;
    const source = await workloadSource(variantsOf(this.#experiment)[number]);
    const workload = source.generate(replicationStreams(this.#experiment, RETRACED));
    this.#workloads.set(number, workload);
    return workload;
  }
}
