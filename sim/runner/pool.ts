import { Worker } from "node:worker_threads";
import { InputError } from "../engine/input-error.ts";

/**
 * What a worker thread sends back: the result of a task, what is wrong with the user's input, or the
 * stack of what else it threw.
 */
export type Answer<Result> =
  | { readonly task: number; readonly result: Result }
  | { readonly task: number; readonly problems: readonly string[] }
  | { readonly task: number; readonly error: string };

/**
 * Runs `tasks` tasks, from number `first` on, on worker threads and returns their results in that order, so that
 * nothing depends on how many threads there are or which is faster.
 *
 * A worker is given `data`, then receives task numbers one at a time and posts an `Answer` for
 * each. A task that throws, or a worker that dies, ends the whole pool with that error.
 */
export async function runOnThreads<Result>(options: {
  readonly script: URL;
  readonly data: unknown;
  readonly first: number;
  readonly tasks: number;
  readonly threads: number;
  readonly onResult: (task: number, result: Result) => void;
}): Promise<Result[]> {
  const { script, data, first, tasks, threads, onResult } = options;
  const results: Result[] = new Array(tasks);
  let next = 0;
  const workers: Worker[] = [];

  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(script, { workerData: data });
      workers.push(worker);
      const give = () => {
        if (next < tasks) worker.postMessage(first + next++);
        else worker.postMessage(null); // No more work: the worker ends by itself.
      };
      worker.on("message", (answer: Answer<Result>) => {
        if ("problems" in answer) {
          reject(new InputError(answer.problems));
          return;
        }
        if ("error" in answer) {
          reject(new Error(answer.error));
          return;
        }
        results[answer.task - first] = answer.result;
        onResult(answer.task, answer.result);
        give();
      });
      worker.on("error", reject);
      worker.on("exit", (code) => {
        if (code === 0) resolve();
        else reject(new Error(`a worker thread ended with code ${code}`));
      });
      give();
    });

  try {
    await Promise.all(Array.from({ length: Math.min(threads, tasks) }, work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}
