import { Worker } from "node:worker_threads";
import type { Digests, TreeOptions, TreePart, TreeReader } from "./tree-reader.ts";

/** What the thread is asked: what comes next in its walk, or the digests of these. */
export type ReaderQuestion = "next" | readonly string[];

/** What it says; `bytes` that it has read come at any time, and the others are answers. */
export type ReaderAnswer =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "part"; readonly part: TreePart | null }
  | { readonly kind: "digests"; readonly digests: Digests }
  | { readonly kind: "failed"; readonly reason: string };

const SCRIPT = new URL("./worker.js", import.meta.url);

type Waiting = (answer: ReaderAnswer) => void;

/** Reads a tree in a thread of its own, which has a low priority. */
export class ThreadedReader implements TreeReader {
  readonly #worker: Worker;
  #waiting: Waiting | null = null;
  #died: string | null = null;

  constructor(options: TreeOptions, onBytes: (bytes: number) => void, script = SCRIPT) {
    const { root, md4 } = options;
    this.#worker = new Worker(script, {
      workerData: { root, md4 } satisfies TreeOptions,
    });
    this.#worker.on("message", (answer: ReaderAnswer) => {
      if (answer.kind === "bytes") onBytes(answer.bytes);
      else this.#tell(answer);
    });
    this.#worker.on("error", (error) => this.#die(error.message));
    this.#worker.on("exit", () => this.#die("the thread that reads the tree has ended"));
  }

  async next(): Promise<TreePart | null> {
    const answer = await this.#ask("next");
    if (answer.kind !== "part") throw new Error("expected a part of the tree");
    return answer.part;
  }

  async digest(paths: readonly string[]): Promise<Digests> {
    const answer = await this.#ask(paths);
    if (answer.kind !== "digests") throw new Error("expected digests");
    return answer.digests;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(question: ReaderQuestion): Promise<ReaderAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting = (answer) => {
        if (answer.kind === "failed") reject(new Error(answer.reason));
        else resolve(answer);
      };
      if (this.#died !== null) this.#tell({ kind: "failed", reason: this.#died });
      else this.#worker.postMessage(question);
    });
  }

  #die(reason: string): void {
    this.#died ??= reason;
    this.#tell({ kind: "failed", reason: this.#died });
  }

  #tell(answer: ReaderAnswer): void {
    this.#waiting?.(answer);
    this.#waiting = null;
  }
}
