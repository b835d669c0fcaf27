import { Worker } from "node:worker_threads";
import type { Reader, Reading, ReadingTask } from "./reading.ts";

export type ReadingAnswer = { readonly reading: Reading } | { readonly died: string };

/**
 * Has a thread of its own read files, one at a time, in order: more at once would only make the disk
 * seek. It does not keep the program alive.
 */
export class ReadingThread implements Reader {
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  read(task: ReadingTask): Promise<Reading> {
    const mine = this.#last.then(() => this.#ask(task));
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #ask(task: ReadingTask): Promise<Reading> {
    const worker = this.#worker ?? new Worker(new URL("./reading-worker.js", import.meta.url));
    this.#worker = worker;
    const answer = await new Promise<ReadingAnswer>((resolve) => {
      worker.ref();
      worker.once("message", resolve);
      worker.once("error", ({ message }) => resolve({ died: message }));
      // After a message or an error this changes nothing.
      worker.once("exit", (code) => resolve({ died: `the thread ended with code ${code}` }));
      worker.postMessage(task);
    });
    worker.removeAllListeners();
    worker.unref();
    if ("reading" in answer) return answer.reading;
    if (this.#worker === worker) this.#worker = null; // Another begins with the next file.
    throw new Error(answer.died);
  }

  /** Ends the thread at once: what it was at is given up. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
