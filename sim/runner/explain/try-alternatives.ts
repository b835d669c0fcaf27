import { runOnThreads } from "../pool.ts";
import type { Alternative } from "./alternatives.ts";
import type { CellRun } from "./cell-runs.ts";

/** The request that is sent elsewhere, in which run. */
export interface Trials {
  readonly of: CellRun;
  readonly request: number;
}

/**
 * Simulates the run once for each node, on threads, each until the request ends.
 *
 * Threads start from the built JavaScript, so this runs from `dist/` only.
 */
export function tryAlternatives(
  trials: Trials,
  nodes: readonly number[],
  threads: number,
  onDone: (done: number, all: number) => void,
): Promise<Alternative[]> {
  let done = 0;
  return runOnThreads<number, Alternative>({
    script: new URL("./alternatives-worker.js", import.meta.url),
    data: trials,
    tasks: nodes,
    threads,
    onResult: () => onDone(++done, nodes.length),
    onRetry: () => {},
  });
}
