/** A thread that simulates alternatives of one request, one node after another. */
import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../../engine/input-error.ts";
import type { Answer } from "../pool.ts";
import { type Alternative, alternative } from "./alternatives.ts";
import { cellRuns } from "./cell-runs.ts";
import type { Trials } from "./try-alternatives.ts";

const { of, request } = workerData as Trials;
const runs = cellRuns(of);

if (parentPort === null) throw new Error("not a worker thread");
const port = parentPort;
port.on("message", async (node: number) => port.postMessage(await answer(node)));

async function answer(node: number): Promise<Answer<Alternative>> {
  try {
    const newRun = await runs;
    return { result: alternative(newRun(), request, node) };
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems };
    return { error: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
  }
}
