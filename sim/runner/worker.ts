/** A thread that runs replications of an experiment, one after another. */
import { workerData } from "node:worker_threads";
import { type Cell, cells } from "../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../experiment/config/experiment.ts";
import { fileDigest } from "../experiment/file-digest.ts";
import { loadOwnPolicies, type OwnPolicies, ownPaths } from "../experiment/own-policy/load.ts";
import type { Workload } from "../workload/workload.ts";
import { answerTasks } from "./answer-tasks.ts";
import type { Beat } from "./beat.ts";
import { withBound } from "./bounded-run.ts";
import { inlineMore } from "./inlining.ts";
import { type RunResult, replicationStreams, runOnce } from "./replication.ts";
import { checkUnchanged, type InputDigests } from "./run-store/input-digests.ts";
import { modulesDigest } from "./run-store/modules-digest.ts";
import { RunParts, type WantedParts } from "./run-store/run-parts.ts";
import { type Shard, workloadNumbers } from "./schedule.ts";
import { type WorkloadSource, workloadSource } from "./workload-source.ts";
import type { CompiledTraces } from "./workload-sources.ts";

/** A run that is to be made, and where its rows are kept; null where none are wanted. */
export interface RunTask extends Shard {
  readonly rows: WantedParts | null;
}

/** What a thread is given at its start. */
export interface WorkerData {
  readonly experiment: Experiment;
  /** What the input files are expected to be; null where nobody relies on it. */
  readonly digests: InputDigests | null;
  /** Compiled traces that have been read, by the number of their workload. */
  readonly traces: CompiledTraces;
}

/** Makes runs of one experiment. */
class RunMaker {
  readonly #data: WorkerData;
  readonly #grid: readonly Cell[];
  readonly #workloads: readonly number[];
  readonly #sources = new Map<number, WorkloadSource>();
  #own: OwnPolicies | undefined;
  #current: { replication: number; number: number; workload: Workload } | undefined;

  constructor(data: WorkerData) {
    this.#data = data;
    this.#grid = cells(data.experiment);
    this.#workloads = workloadNumbers(data.experiment);
  }

  async run({ cell: at, replication, rows }: RunTask, onBeat: (beat: Beat) => void) {
    const { experiment } = this.#data;
    const cell = this.#grid[at];
    const workload = await this.#workloadOf(cell.variant, replication);
    this.#own ??= await this.#ownPolicies();
    const own = this.#own;
    const bounded = (run: RunResult) => withBound(experiment, cell, replication, workload, run);
    if (rows === null) {
      return bounded(runOnce(experiment, cell, replication, workload, own, { onBeat }));
    }
    const parts = new RunParts(rows);
    try {
      const { sinks } = parts;
      const run = runOnce(experiment, cell, replication, workload, own, { onBeat, rows: sinks });
      const whole = await bounded(run);
      parts.keep();
      return whole;
    } finally {
      parts.close();
    }
  }

  /** Runs come replication by replication and workload by workload: the last is likely wanted again. */
  async #workloadOf(variant: number, replication: number): Promise<Workload> {
    const number = this.#workloads[variant];
    const current = this.#current;
    if (current?.replication === replication && current.number === number) return current.workload;
    const source = this.#sources.get(number) ?? (await this.#sourceOf(number));
    this.#sources.set(number, source);
    const workload = source.generate(replicationStreams(this.#data.experiment, replication));
    this.#current = { replication, number, workload };
    return workload;
  }

  async #sourceOf(number: number): Promise<WorkloadSource> {
    const { experiment, digests, traces } = this.#data;
    const compiled = traces.get(number) ?? null;
    const source = await workloadSource(variantsOf(experiment)[number], compiled);
    if (digests !== null && compiled === null)
      checkUnchanged(digests.files, source.paths, fileDigest);
    return source;
  }

  async #ownPolicies(): Promise<OwnPolicies> {
    const { experiment, digests } = this.#data;
    const policies = await loadOwnPolicies(experiment);
    if (digests !== null) checkUnchanged(digests.own, ownPaths(experiment), modulesDigest);
    return policies;
  }
}

inlineMore();
let maker = new RunMaker(workerData as WorkerData);
answerTasks<RunTask, RunResult>(
  (task, onBeat) => maker.run(task, onBeat),
  (data) => {
    maker = new RunMaker(data as WorkerData);
  },
);
