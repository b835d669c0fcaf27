/** A thread that runs replications of an experiment, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../engine/input-error.ts";
import type { Workload } from "../workload/workload.ts";
import { cells } from "./config/cells.ts";
import { type Experiment, variantsOf } from "./config/experiment.ts";
import { inlineMore } from "./inlining.ts";
import { loadOwnPolicies, type OwnPolicies } from "./own-policy/load.ts";
import type { Answer } from "./pool.ts";
import { type RunResult, replicationStreams, runOnce } from "./replication.ts";
import { schedule, workloadNumbers } from "./schedule.ts";
import { type WorkloadSource, workloadSource } from "./workload-source.ts";

inlineMore();
const experiment = workerData as Experiment;
const grid = cells(experiment);
const { runOf } = schedule(experiment);
const workloads = workloadNumbers(experiment);
const sources = new Map<number, WorkloadSource>();
let own: OwnPolicies | undefined;
let current: { replication: number; number: number; workload: Workload } | undefined;

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
    const { cell: at, replication } = runOf(task);
    const cell = grid[at];
    const workload = await workloadOf(cell.variant, replication);
    own ??= await loadOwnPolicies(experiment);
    return { task, result: runOnce(experiment, cell, replication, workload, own) };
  } catch (error) {
    if (error instanceof InputError) return { task, problems: error.problems };
    return { task, error: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
  }
}

/** Tasks come replication by replication and workload by workload: the last is likely wanted again. */
async function workloadOf(variant: number, replication: number): Promise<Workload> {
  const number = workloads[variant];
  if (current?.replication === replication && current.number === number) return current.workload;
  const source = sources.get(number) ?? (await workloadSource(variantsOf(experiment)[number]));
  sources.set(number, source);
  const workload = source.generate(replicationStreams(experiment, replication));
  current = { replication, number, workload };
  return workload;
}
