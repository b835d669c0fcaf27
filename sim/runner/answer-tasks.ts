import { parentPort } from "node:worker_threads";
import { InputError } from "../engine/input-error.ts";
import type { Beat } from "./beat.ts";
import type { Answer, Renewal } from "./pool.ts";
import { Unfinished } from "./unfinished.ts";

/**
 * In a thread of a pool: answers each task that comes with what `work` makes of it, which may tell
 * meanwhile how far it has come. Where threads go from pool to pool, `renew` takes the next pool's data.
 */
export function answerTasks<Task, Result>(
  work: (task: Task, onBeat: (beat: Beat) => void) => Promise<Result>,
  renew?: (data: unknown) => void,
): void {
  if (parentPort === null) throw new Error("not a worker thread");
  const port = parentPort;
  const onBeat = (beat: Beat) => port.postMessage({ beat } satisfies Answer<Result>);
  port.on("message", async (message: Task | Renewal) => {
    if (renew !== undefined && isRenewal(message)) renew(message.renewed);
    else port.postMessage(await answerTo(() => work(message as Task, onBeat)));
  });
}

function isRenewal(message: unknown): message is Renewal {
  return typeof message === "object" && message !== null && "renewed" in message;
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
