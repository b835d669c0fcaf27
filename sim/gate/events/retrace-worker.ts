/** A thread that retraces cells, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../../engine/input-error.ts";
import type { Experiment } from "../../experiment/config/experiment.ts";
import type { Answer } from "../../runner/pool.ts";
import type { Retraced } from "./retrace.ts";
import { Retracer, type RetraceTask } from "./retracer.ts";

const retracer = new Retracer(workerData as Experiment);

if (parentPort === null) throw new Error("not a worker thread");
const port = parentPort;
port.on("message", async (task: RetraceTask) => port.postMessage(await answer(task)));

async function answer(task: RetraceTask): Promise<Answer<Retraced>> {
  try {
    return { result: await retracer.retrace(task) };
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems };
    return { error: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
  }
}
