/** A thread that runs replications of an experiment, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../engine/input-error.ts";
import type { Workload } from "../workload/workload.ts";
import { cells } from "./config/cells.ts";
import type { Experiment } from "./config/experiment.ts";
import { loadOwnPolicies, type OwnPolicies } from "./own-policy/load.ts";
import type { Answer } from "./pool.ts";
import { type RunResult, replicationStreams, runOnce } from "./replication.ts";
import { type WorkloadSource, workloadSource } from "./workload-source.ts";

const experiment = workerData as Experiment;
const grid = cells(experiment);
let source: WorkloadSource | undefined;
let own: OwnPolicies | undefined;
let current: { replication: number; workload: Workload } | undefined;

if (parentPort === null) throw new Error("not a worker thread");
const port = parentPort;
port.on("message", async (task: number | null) => {
  if (task === null) {
    port.close();
    return;
  }
  port.postMessage(await answer(task));
});

async function answer(task: number): Promise<Answer<RunResult>> {
  try {
    const replication = Math.floor(task / grid.length);
    const workload = await workloadOf(replication);
    own ??= await loadOwnPolicies(experiment);
    const cell = grid[task % grid.length];
    return { task, result: runOnce(experiment, cell, replication, workload, own) };
  } catch (error) {
    if (error instanceof InputError) return { task, problems: error.problems };
    return { task, error: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
  }
}

/** Tasks come replication by replication: the last workload is likely wanted again. */
async function workloadOf(replication: number): Promise<Workload> {
  if (current?.replication === replication) return current.workload;
  source ??= await workloadSource(experiment);
  const workload = source.generate(replicationStreams(experiment, replication));
  current = { replication, workload };
  return workload;
}
