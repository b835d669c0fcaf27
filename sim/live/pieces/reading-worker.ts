/** The thread that reads files, so that who redirects customers need not wait for it. */
import { parentPort } from "node:worker_threads";
import { type ReadingTask, readThrough } from "./reading.ts";
import type { ReadingAnswer } from "./reading-thread.ts";

parentPort?.on("message", async (task: ReadingTask) => {
  const answer: ReadingAnswer = { reading: await readThrough(task) };
  parentPort?.postMessage(answer);
});
