/** A thread that retraces cells, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../../../engine/input-error.ts";
import type { Experiment } from "../../config/experiment.ts";
import type { Answer } from "../../pool.ts";
import type { Retraced } from "./retrace.ts";
import { Retracer, type RetraceTask } from "./retracer.ts";

const { experiment, tasks } = workerData as {
  readonly experiment: Experiment;
  readonly tasks: readonly RetraceTask[];
};
const retracer = new Retracer(experiment);

if (parentPort === null) throw new Error("not a worker thread");
const port = parentPort;
port.on("message", async (task: number | null) => {
  if (task === null) port.close();
  else port.postMessage(await answer(task));
});

async function answer(task: number): Promise<Answer<Retraced>> {
  try {
    return { task, result: await retracer.retrace(tasks[task]) };
  } catch (error) {
    if (error instanceof InputError) return { task, problems: error.problems };
    return { task, error: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
  }
}
