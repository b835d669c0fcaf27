/** A thread that runs replications of an experiment, one after another. */
import { workerData } from "node:worker_threads";
import { cells } from "../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../experiment/config/experiment.ts";
import { fileDigest } from "../experiment/file-digest.ts";
import { loadOwnPolicies, type OwnPolicies, ownPaths } from "../experiment/own-policy/load.ts";
import type { Workload } from "../workload/workload.ts";
import { answerTasks } from "./answer-tasks.ts";
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

inlineMore();
const { experiment, digests, traces } = workerData as WorkerData;
const grid = cells(experiment);
const workloads = workloadNumbers(experiment);
const sources = new Map<number, WorkloadSource>();
let own: OwnPolicies | undefined;
let current: { replication: number; number: number; workload: Workload } | undefined;

answerTasks(async ({ cell: at, replication, rows }: RunTask, onBeat): Promise<RunResult> => {
  const cell = grid[at];
  const workload = await workloadOf(cell.variant, replication);
  own ??= await ownPolicies();
  if (rows === null) return runOnce(experiment, cell, replication, workload, own, { onBeat });
  const parts = new RunParts(rows);
  try {
    const { sinks } = parts;
    const run = runOnce(experiment, cell, replication, workload, own, { onBeat, rows: sinks });
    parts.keep();
    return run;
  } finally {
    parts.close();
  }
});

/** Runs come replication by replication and workload by workload: the last is likely wanted again. */
async function workloadOf(variant: number, replication: number): Promise<Workload> {
  const number = workloads[variant];
  if (current?.replication === replication && current.number === number) return current.workload;
  const source = sources.get(number) ?? (await sourceOf(number));
  sources.set(number, source);
  const workload = source.generate(replicationStreams(experiment, replication));
  current = { replication, number, workload };
  return workload;
}

async function sourceOf(number: number): Promise<WorkloadSource> {
  const compiled = traces.get(number) ?? null;
  const source = await workloadSource(variantsOf(experiment)[number], compiled);
  if (digests !== null && compiled === null)
    checkUnchanged(digests.files, source.paths, fileDigest);
  return source;
}

async function ownPolicies(): Promise<OwnPolicies> {
  const policies = await loadOwnPolicies(experiment);
  if (digests !== null) checkUnchanged(digests.own, ownPaths(experiment), modulesDigest);
  return policies;
}
