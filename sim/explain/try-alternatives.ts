import type { CellRun } from "../runner/cell-run.ts";
import { runOnThreads } from "../runner/pool.ts";
import type { Alternative } from "./alternatives.ts";

export interface Trials {
  readonly of: CellRun;
  readonly request: number;
  /** To whom the request is sent instead, one after another. */
  readonly nodes: readonly number[];
}

/**
 * Simulates the run once for each node, on threads, each until the request ends.
 *
 * Threads start from the built JavaScript, so this runs from `dist/` only.
 */
export function tryAlternatives(
  trials: Trials,
  threads: number,
  onDone: (done: number, all: number) => void,
): Promise<Alternative[]> {
  const { length } = trials.nodes;
  let done = 0;
  return runOnThreads<number, Alternative>({
    script: new URL("./alternatives-worker.js", import.meta.url),
    data: trials,
    tasks: trials.nodes,
    threads,
    onResult: () => onDone(++done, length),
    onRetry: () => {}, // It is tried again, and its answer is the same.
  });
}
