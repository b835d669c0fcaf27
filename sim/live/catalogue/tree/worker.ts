/** A thread that reads a tree: waiting for the disk and taking digests keeps nobody else from work. */
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { LocalReader } from "./local-reader.ts";
import type { ReaderAnswer, ReaderQuestion } from "./threaded-reader.ts";
import type { TreeOptions } from "./tree-reader.ts";

/** Bytes after which it tells how far it has come. */
const BEAT = 1 << 26;

if (parentPort === null) throw new Error("not a worker thread");
const port = parentPort;
const answer = (message: ReaderAnswer) => port.postMessage(message);

// On Linux this is the thread's own, and the threads that answer customers come first.
setPriority(0, 10);

let unheard = 0;
const tellBytes = () => {
  if (unheard > 0) answer({ kind: "bytes", bytes: unheard });
  unheard = 0;
};
const reader = LocalReader.open(workerData as TreeOptions, (bytes) => {
  unheard += bytes;
  if (unheard >= BEAT) tellBytes();
});
reader.catch(() => {}); // Whoever asks first is told.

port.on("message", async (question: ReaderQuestion) => {
  try {
    const open = await reader;
    if (question === "next") return answer({ kind: "part", part: await open.next() });
    const digests = await open.digest(question);
    tellBytes();
    answer({ kind: "digests", digests });
  } catch (error) {
    answer({ kind: "failed", reason: error instanceof Error ? error.message : `${error}` });
  }
});
