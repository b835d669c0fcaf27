/** A thread that runs replications of an experiment, one after another. */
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../engine/input-error.ts";
import type { Workload } from "../workload/workload.ts";
import type { Beat } from "./beat.ts";
import { cells } from "./config/cells.ts";
import { type Experiment, variantsOf } from "./config/experiment.ts";
import { fileDigest } from "./file-digest.ts";
import { loadOwnPolicies, type OwnPolicies, ownPaths } from "./own-policy/load.ts";
import type { Answer } from "./pool.ts";
import { type RunResult, replicationStreams, runOnce } from "./replication.ts";
import { checkUnchanged, type InputDigests } from "./run-store/input-digests.ts";
import { modulesDigest } from "./run-store/modules-digest.ts";
import { type Shard, workloadNumbers } from "./schedule.ts";
import { type WorkloadSource, workloadSource } from "./workload-source.ts";

/** What a thread is given at its start. */
export interface WorkerData {
  readonly experiment: Experiment;
  /** What the input files are expected to be; null where nobody relies on it. */
  readonly digests: InputDigests | null;
}

const { experiment, digests } = workerData as WorkerData;
const grid = cells(experiment);
const workloads = workloadNumbers(experiment);
const sources = new Map<number, WorkloadSource>();
let own: OwnPolicies | undefined;
let current: { replication: number; number: number; workload: Workload } | undefined;

if (parentPort === null) throw new Error("not a worker thread");
const port = parentPort;
port.on("message", async (shard: Shard) => port.postMessage(await answer(shard)));

async function answer({ cell: at, replication }: Shard): Promise<Answer<RunResult>> {
  try {
    const cell = grid[at];
    const workload = await workloadOf(cell.variant, replication);
    own ??= await ownPolicies();
    const onBeat = (beat: Beat) => port.postMessage({ beat } satisfies Answer<RunResult>);
    return { result: runOnce(experiment, cell, replication, workload, own, onBeat) };
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems };
    return { error: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
  }
}

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
  const source = await workloadSource(variantsOf(experiment)[number]);
  if (digests !== null) checkUnchanged(digests.files, source.paths, fileDigest);
  return source;
}

async function ownPolicies(): Promise<OwnPolicies> {
  const policies = await loadOwnPolicies(experiment);
  if (digests !== null) checkUnchanged(digests.own, ownPaths(experiment), modulesDigest);
  return policies;
}
