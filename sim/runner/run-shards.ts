import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import type { Beat } from "./beat.ts";
import { type Crew, runOnThreads } from "./pool.ts";
import type { RunResult } from "./replication.ts";
import { asStored } from "./run-store/entry.ts";
import type { InputDigests } from "./run-store/input-digests.ts";
import type { Shelf } from "./run-store/shelf.ts";
import { type Shard, scheduled } from "./schedule.ts";
import { Interrupted } from "./unfinished.ts";
import type { RunTask, WorkerData } from "./worker.ts";
import type { CompiledTraces } from "./workload-sources.ts";

/** Told of what happens while an experiment runs; in no particular order. */
export interface Watcher {
  /** How many of the runs asked for were in the store, before any other is made. */
  onHits?(hits: number, all: number): void;
  onRun?(done: number, all: number): void;
  /** How far one of the runs being made has come; `run` is a number of its own. */
  onBeat?(run: number, beat: Beat): void;
  /** Something that a person should know: a damaged entry, a thread that died. */
  onNote?(note: string): void;
}

/** What runs are made with. */
export interface Means {
  /** Threads. */
  readonly jobs: number;
  /** Where results are kept and looked for; null for nowhere. */
  readonly shelf: Shelf | null;
  /** What the input files are expected to be; null where nobody relies on it. */
  readonly digests: InputDigests | null;
  /** Compiled traces that have been read, so that no thread reads them again. */
  readonly traces?: CompiledTraces;
  readonly watcher: Watcher;
  /** Ends the work; what is finished by then is kept. */
  readonly signal?: AbortSignal | undefined;
  /** Threads of other calls, and for others. */
  readonly crew?: Crew | undefined;
}

/**
 * The results of any runs of an experiment, in the order in which they are asked for: those that the
 * store has, and the others made on threads and kept there one by one. Replications may go beyond those
 * that the experiment asks for.
 *
 * Threads start from the built JavaScript, so this runs from `dist/` only.
 */
export async function runShards(
  experiment: Experiment,
  shards: readonly Shard[],
  means: Means,
): Promise<RunResult[]> {
  const { shelf, watcher } = means;
  const results = new Map<string, RunResult>();
  for (const shard of shards) {
    const stored = shelf?.get(shard, watcher);
    if (stored !== undefined) results.set(nameOf(shard), stored);
  }
  watcher.onHits?.(results.size, shards.length);
  const missing = shards.filter((shard) => !results.has(nameOf(shard)));
  await runMissing(experiment, scheduled(experiment, missing), means, (shard, run) => {
    shelf?.put(shard, run);
    results.set(nameOf(shard), asStored(run));
    watcher.onRun?.(results.size, shards.length);
  });
  return shards.map((shard) => {
    const run = results.get(nameOf(shard));
    if (run === undefined) throw new Error(`${nameOf(shard)} was not run`);
    return run;
  });
}

async function runMissing(
  experiment: Experiment,
  shards: readonly Shard[],
  { jobs, shelf, digests, traces = new Map(), watcher, signal, crew }: Means,
  onRun: (shard: Shard, run: RunResult) => void,
): Promise<void> {
  const data: WorkerData = { experiment, digests, traces };
  const tasks = shards.map((shard) => ({ ...shard, rows: shelf?.partsOf(shard) ?? null }));
  let left = shards.length;
  try {
    await runOnThreads<RunTask, RunResult>({
      ...{ script: new URL("./worker.js", import.meta.url), data, tasks, threads: jobs },
      ...{ signal, crew },
      onBeat: (index, beat) => watcher.onBeat?.(index, beat),
      onRetry: (index, reason) => watcher.onNote?.(retried(experiment, shards[index], reason)),
      onResult(index, run) {
        onRun(shards[index], run);
        left--;
      },
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const kept = shelf === null ? "" : `; the others are kept in ${shelf.store.folder}`;
    throw new Interrupted(
      `stopped: ${left} runs are left${kept}, and the same command goes on from there`,
    );
  }
}

function nameOf({ cell, replication }: Shard): string {
  return `cell ${cell}, replication ${replication}`;
}

function retried(experiment: Experiment, { cell, replication }: Shard, reason: string): string {
  const { label } = cells(experiment)[cell];
  return `a thread died in replication ${replication} of ${label}, which is run again: ${reason}`;
}
