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
  #answered: (answer: ReadingAnswer) => void = () => {};

  read(task: ReadingTask): Promise<Reading> {
    const mine = this.#last.then(() => this.#ask(task));
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #ask(task: ReadingTask): Promise<Reading> {
    const worker = this.#worker ?? this.#begin();
    const answer = await new Promise<ReadingAnswer>((resolve) => {
      this.#answered = resolve;
      worker.ref();
      worker.postMessage(task);
    });
    worker.unref();
    if ("reading" in answer) return answer.reading;
    throw new Error(answer.died);
  }

  #begin(): Worker {
    const worker = new Worker(new URL("./reading-worker.js", import.meta.url));
    const died = (reason: string) => {
      if (this.#worker !== worker) return; // After an error it ends, when another may be at work.
      this.#worker = null;
      this.#answered({ died: reason });
    };
    worker.on("message", (answer: ReadingAnswer) => this.#answered(answer));
    worker.on("error", ({ message }) => died(message));
    worker.on("exit", (code) => died(`the thread ended with code ${code}`));
    this.#worker = worker;
    return worker;
  }

  /** Ends the thread at once: what it was at is given up. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#answered({ died: "the thread was ended" });
    await worker?.terminate();
  }
}
