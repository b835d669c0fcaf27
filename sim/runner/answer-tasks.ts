import { parentPort } from "node:worker_threads";
import { InputError } from "../engine/input-error.ts";
import type { Beat } from "./beat.ts";
import type { Answer } from "./pool.ts";
import { Unfinished } from "./unfinished.ts";

/**
 * In a thread of a pool: answers each task that comes with what `work` makes of it, which may tell
 * meanwhile how far it has come.
 */
export function answerTasks<Task, Result>(
  work: (task: Task, onBeat: (beat: Beat) => void) => Promise<Result>,
): void {
  if (parentPort === null) throw new Error("not a worker thread");
  const port = parentPort;
  const onBeat = (beat: Beat) => port.postMessage({ beat } satisfies Answer<Result>);
  port.on("message", async (task: Task) => {
    port.postMessage(await answerTo(() => work(task, onBeat)));
  });
}

async function answerTo<Result>(work: () => Promise<Result>): Promise<Answer<Result>> {
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems };
    if (error instanceof Unfinished) return { unfinished: error.message };
    return { error: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
  }
}
