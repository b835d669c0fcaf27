/** A thread that simulates alternatives of one request, one node after another. */
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../../engine/input-error.ts";
import type { Answer } from "../pool.ts";
import { type Alternative, alternative } from "./alternatives.ts";
import { cellRuns } from "./cell-runs.ts";
import type { Trials } from "./try-alternatives.ts";

const { of, request, nodes } = workerData as Trials;
const runs = cellRuns(of);

if (parentPort === null) throw new Error("not a worker thread");
const port = parentPort;
port.on("message", async (task: number | null) => {
  if (task === null) port.close();
  else port.postMessage(await answer(task));
});

async function answer(task: number): Promise<Answer<Alternative>> {
  try {
    const newRun = await runs;
    return { task, result: alternative(newRun(), request, nodes[task]) };
  } catch (error) {
    if (error instanceof InputError) return { task, problems: error.problems };
    return { task, error: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
  }
}
