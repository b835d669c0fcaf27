import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.ts";
import { instrument, type Mutant } from "./instrument.ts";
import type { Answer, Covered, Task } from "./task.ts";

export interface Verdict extends Answer {
  readonly mutant: Mutant;
}

export interface Scope {
  /** Absolute paths. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** Processes at once. */
  readonly workers: number;
  /** Of the properties. */
  readonly seed: number;
  readonly onVerdict?: (verdict: Verdict, count: number, of: number) => void;
}

/**
 * What the tests say of every mutant of the sources, in order. All mutants are in one script, which is
 * run anew for each with the tests that reach it, until one of them fails.
 *
 * @throws Error where a test fails without any mutant.
 */
export async function verdicts(scope: Scope): Promise<Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), "mutants-"));
  try {
    const { mutants, sources } = await instrument(scope.sources);
    const script = await bundle(scope.tests, sources);
    writeFileSync(join(folder, "covering.js"), script);
    // Counting takes half of the time, and is over.
    writeFileSync(join(folder, "plain.js"), script.replace(COUNTING, "$1 return; "));
    return await judgeAll(mutants, folder, scope);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where Stryker's helper counts that a mutant was reached, in each file. */
const COUNTING = /(function stryCov_9fa48\d*\(\) \{)/g;

async function judgeAll(mutants: readonly Mutant[], folder: string, scope: Scope) {
  const start = () => new Worker(folder, scope.seed);
  const first = start();
  const covered = await first.ask<Covered[] | string>({ survey: true }, PATIENCE);
  first.stop();
  if (!Array.isArray(covered)) throw new Error(`a test fails without any mutant: ${covered}`);
  const tasks = tasksOf(mutants, covered);
  await expectNothing(start(), covered);
  const all: Verdict[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    let worker = start();
    for (let at = next++; at < mutants.length; at = next++) {
      const task = tasks[at];
      const mutant = mutants[at];
      let answer: Answer | null = { outcome: "uncovered", by: "" };
      if (task.tests.length > 0) {
        answer = await worker.ask<Answer>(task, PATIENCE);
        if (answer === null) worker = start();
      }
      all[at] = { mutant, ...(answer ?? { outcome: "endless", by: "" }) };
      scope.onVerdict?.(all[at], all.filter(Boolean).length, mutants.length);
    }
    worker.stop();
  };
  await Promise.all(Array.from({ length: scope.workers }, work));
  return all;
}

/** Without a mutant, nothing is noticed where mutants are. */
async function expectNothing(worker: Worker, covered: readonly Covered[]): Promise<void> {
  const tests = covered.map(({ milliseconds }, at) => ({ at, milliseconds, hits: 0 }));
  const answer = await worker.ask<Answer>({ mutant: "none", tests }, PATIENCE);
  worker.stop();
  if (answer?.outcome !== "survived") throw new Error(`expected no failure; got ${answer?.by}`);
}

/** Milliseconds for all tests of a mutant, whatever else the machine does. */
const PATIENCE = 1_800_000;

function tasksOf(mutants: readonly Mutant[], covered: readonly Covered[]) {
  const testsOf = new Map(mutants.map(({ id }) => [id, [] as TestOfMutant[]]));
  for (const [at, { milliseconds, hits }] of covered.entries()) {
    for (const [mutant, times] of hits)
      testsOf.get(mutant)?.push({ at, milliseconds, hits: times });
  }
  return mutants.map(({ id }) => ({
    mutant: id,
    tests: (testsOf.get(id) ?? []).sort((a, b) => a.milliseconds - b.milliseconds),
  }));
}

type TestOfMutant = Extract<Task, { mutant: string }>["tests"][number];

/** A process that runs tests. */
class Worker {
  readonly #process: ChildProcess;

  constructor(folder: string, seed: number) {
    const worker = fileURLToPath(new URL("./worker.ts", import.meta.url));
    const execArgv = ["--import", "tsx", "--max-old-space-size=1024"];
    this.#process = fork(worker, [folder, String(seed)], { execArgv, serialization: "advanced" });
  }

  /** What it answers; null where it dies of the task, or needs more time, of which it dies too. */
  ask<Result>(task: Task, milliseconds: number): Promise<Result | null> {
    const child = this.#process;
    return new Promise((resolve) => {
      const done = (result: Result | null) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(result);
      };
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        done(null);
      }, milliseconds);
      child.once("message", (message) => done(message as Result));
      child.once("exit", () => done(null));
      child.send(task);
    });
  }

  stop(): void {
    this.#process.kill("SIGKILL");
  }
}
