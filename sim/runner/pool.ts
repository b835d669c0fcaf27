import { Worker } from "node:worker_threads";
import { InputError } from "../engine/input-error.ts";
import type { Beat } from "./beat.ts";
import { Interrupted, Unfinished } from "./unfinished.ts";

/**
 * What a worker thread sends back: how far it has come, any number of times, and then the result of
 * the task, what is wrong with the user's input, what outside stopped it, or the stack of what else it
 * threw.
 */
export type Answer<Result> = { readonly beat: Beat } | Outcome<Result>;

type Outcome<Result> =
  | { readonly result: Result }
  | { readonly problems: readonly string[] }
  | { readonly unfinished: string }
  | { readonly error: string };

/** What a thread of a crew is sent between two pools. */
export interface Renewal {
  readonly renewed: unknown;
}

/** How often a task is given to another thread after its thread has died. */
export const MOST_RETRIES = 2;

export interface PoolOptions<Task, Result> {
  readonly script: URL;
  /** Given to each thread at its start. */
  readonly data: unknown;
  readonly tasks: readonly Task[];
  readonly threads: number;
  /** Told of each result as it comes, in no particular order. What it throws ends the pool. */
  readonly onResult: (index: number, result: Result) => void;
  /** Told now and then how far a task has come. */
  readonly onBeat?: (index: number, beat: Beat) => void;
  /** Told when a thread has died and its task is tried again. */
  readonly onRetry: (index: number, reason: string) => void;
  /** Ends the pool. */
  readonly signal?: AbortSignal | undefined;
  /** Threads of pools before, which are used first, and where threads go on to the next. */
  readonly crew?: Crew | undefined;
}

/**
 * Threads that go from pool to pool, all of one script: for whoever makes many small pools, since a thread
 * takes as long to start as a small run. A thread that has been at work is sent `{ renewed: data }` before its
 * next task. Fewer ends of threads are safer, too: Node 20 aborts, if seldom, where one ends while V8
 * still compiles for it.
 */
export class Crew {
  readonly #idle: Thread<unknown, unknown>[] = [];

  /** A thread that is at rest, and now works for a pool with this data; undefined where there is none. */
  take<Task, Result>(data: unknown): Thread<Task, Result> | undefined {
    const thread = this.#idle.pop();
    if (thread === undefined) return undefined;
    if (thread.isDead) return this.take(data);
    thread.renew(data);
    return thread as Thread<Task, Result>;
  }

  give<Task, Result>(thread: Thread<Task, Result>): void {
    this.#idle.push(thread as Thread<unknown, unknown>);
  }

  async end(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.end()));
  }
}

/**
 * Runs tasks on worker threads and returns their results in their order, so that nothing depends on
 * how many threads there are, which is faster, or whether one of them died on the way.
 *
 * A worker is given `data`, then receives tasks one at a time and posts an `Answer` for each. A task
 * that throws would throw again: it ends the whole pool with that error. A task whose thread dies, of
 * too little memory for instance, is tried again.
 *
 * @throws Unfinished when a task's threads keep dying, Interrupted when `signal` says so.
 */
export async function runOnThreads<Task, Result>(
  options: PoolOptions<Task, Result>,
): Promise<Result[]> {
  const { tasks, threads, onResult, onBeat, onRetry, signal, crew, data } = options;
  const results: Result[] = new Array(tasks.length);
  const running = new Set<Thread<Task, Result>>();
  let next = 0;
  let isOver = false;

  const lane = async () => {
    let thread: Thread<Task, Result> | undefined;
    while (next < tasks.length && !isOver) {
      const index = next++;
      for (let deaths = 0; ; ) {
        if (thread === undefined || thread.isDead) {
          thread = crew?.take<Task, Result>(data) ?? new Thread<Task, Result>(options);
          running.add(thread);
        }
        const answer = await thread.ask(tasks[index], (beat) => onBeat?.(index, beat));
        if (isOver) return;
        if (!("died" in answer)) {
          results[index] = resultIn(answer);
          onResult(index, results[index]);
          break;
        }
        running.delete(thread);
        if (++deaths > MOST_RETRIES) throw died(deaths, answer.died);
        onRetry(index, answer.died);
      }
    }
  };

  const over = new AbortController();
  try {
    const lanes = Array.from({ length: Math.min(threads, tasks.length) }, lane);
    const stopped = signal === undefined ? [] : [aborted(signal, over.signal)];
    await Promise.race([Promise.all(lanes), ...stopped]);
    // All are at rest. Where something went wrong, some may not be, and are ended.
    if (crew !== undefined) for (const thread of running) crew.give(thread);
    if (crew !== undefined) running.clear();
  } finally {
    isOver = true;
    over.abort();
    await Promise.all([...running].map((thread) => thread.end()));
  }
  return results;
}

function resultIn<Result>(answer: Outcome<Result>): Result {
  if ("problems" in answer) throw new InputError(answer.problems);
  if ("unfinished" in answer) throw new Unfinished(answer.unfinished);
  if ("error" in answer) throw new Error(answer.error);
  return answer.result;
}

function died(times: number, reason: string): Unfinished {
  const remedy = "with fewer --jobs each thread has more memory";
  return new Unfinished(`a thread died ${times} times at the same run: ${reason}; ${remedy}`);
}

/** Rejects when `signal` says so, unless `over` says before that nobody listens any more. */
function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Interrupted("stopped"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true, signal: over });
  });
}

/** A worker thread that is asked one task at a time. */
class Thread<Task, Result> {
  readonly #worker: Worker;
  #listener: ((answer: Outcome<Result> | { readonly died: string }) => void) | undefined;
  #onBeat: (beat: Beat) => void = () => {};
  #reason: string | undefined;

  constructor({ script, data }: PoolOptions<Task, Result>) {
    this.#worker = new Worker(script, { workerData: data });
    this.#worker.on("message", (answer: Answer<Result>) => {
      if ("beat" in answer) this.#onBeat(answer.beat);
      else this.#tell(answer);
    });
    this.#worker.on("error", (error) => {
      this.#reason ??= error instanceof Error ? error.message : String(error);
    });
    this.#worker.on("exit", (code) => {
      this.#reason ??= `it ended with code ${code}`;
      this.#tell({ died: this.#reason });
    });
  }

  get isDead(): boolean {
    return this.#reason !== undefined;
  }

  ask(
    task: Task,
    onBeat: (beat: Beat) => void,
  ): Promise<Outcome<Result> | { readonly died: string }> {
    this.#onBeat = onBeat;
    return new Promise((resolve) => {
      this.#listener = resolve;
      this.#worker.postMessage(task);
    });
  }

  /** Data in place of those that the thread was started with. */
  renew(data: unknown): void {
    this.#worker.postMessage({ renewed: data } satisfies Renewal);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(answer: Outcome<Result> | { readonly died: string }): void {
    this.#listener?.(answer);
    this.#listener = undefined;
  }
}
