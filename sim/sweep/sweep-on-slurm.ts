import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { cells } from "../experiment/config/cells.ts";
import type { Prepared } from "../outcome/compute-runs.ts";
import type { Watcher } from "../runner/run-shards.ts";
import { explained } from "../runner/run-store/run-store.ts";
import type { Shelf } from "../runner/run-store/shelf.ts";
import { shardsOf } from "../runner/schedule.ts";
import { Interrupted, Unfinished } from "../runner/unfinished.ts";
import { type KeyedShard, type Plan, planOf, SWEEP_FILES, writePlan } from "./plan.ts";
import type { SlurmRequest } from "./request.ts";
import { arrayOf, sbatchScript } from "./sbatch-script.ts";
import type { Slurm } from "./slurm.ts";

/** What a sweep has of the world outside. */
export interface SweepMeans {
  readonly slurm: Slurm;
  /** Resolves after some seconds, or when the signal says so. */
  readonly pause: (seconds: number) => Promise<void>;
  readonly watcher: Watcher;
  readonly signal: AbortSignal;
}

/** A prepared experiment whose results are kept, as they must be for a sweep. */
export type Kept = Prepared & { readonly shelf: NonNullable<Prepared["shelf"]> };

/**
 * Fills the store with the runs of an experiment, as arrays of Slurm tasks that share its file system:
 * what is missing is submitted and waited for, until nothing is or nothing more is tried.
 *
 * @throws InputError when Slurm is not there or refuses, or a task's input is wrong; Unfinished when
 * runs are missing after all rounds; Interrupted when the signal says so, with the job cancelled.
 */
export async function sweepOnSlurm(
  prepared: Kept,
  out: string,
  request: SlurmRequest,
  means: SweepMeans,
): Promise<void> {
  const { shelf } = prepared;
  const all = keyedShards(prepared);
  const shards = missingIn(shelf, all);
  means.watcher.onHits?.(all.length - shards.length, all.length);
  if (shards.length === 0) return;
  const plan = planOf(prepared, shards, { store: shelf.store.folder, bundle: request.bundle });
  const folder = explained(out, () => writePlan(out, plan));
  const script = join(folder, SWEEP_FILES.script);
  try {
    writeFileSync(script, sbatchScript(prepared.experiment.name, folder, request));
    const before = all.length - shards.length;
    await rounds(plan, request, means, { shelf, folder, script, before });
  } catch (error) {
    if (!(error instanceof Unfinished)) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** What would be submitted, for people to read. */
export function drySweep(prepared: Kept, folder: string, request: SlurmRequest): string {
  const { shelf } = prepared;
  const all = keyedShards(prepared);
  const shards = missingIn(shelf, all);
  if (shards.length === 0) return `# all ${all.length} runs are at hand: nothing is submitted\n`;
  const { store } = shelf;
  const { bundles } = planOf(prepared, shards, { store: store.folder, bundle: request.bundle });
  const array = arrayOf([...bundles.keys()], request.jobs);
  const [head, ...rest] = sbatchScript(prepared.experiment.name, folder, request).split("\n");
  const told = [
    `# ${shards.length} of ${all.length} runs in ${bundles.length} tasks of at most ${bundles[0].length};`,
    `# submitted by: sbatch --parsable --array=${array} ${join(folder, SWEEP_FILES.script)}`,
  ];
  return [head, ...told, ...rest].join("\n");
}

function keyedShards({ experiment, shelf }: Kept): KeyedShard[] {
  return shardsOf(experiment).map((shard) => ({ ...shard, key: shelf.keyOf(shard) }));
}

function missingIn(shelf: Shelf, shards: readonly KeyedShard[]): KeyedShard[] {
  return shards.filter((shard) => shelf.get(shard, {}) === undefined);
}

interface Site {
  readonly shelf: Shelf;
  readonly folder: string;
  readonly script: string;
  /** Runs that were at hand before. */
  readonly before: number;
}

async function rounds(plan: Plan, request: SlurmRequest, means: SweepMeans, site: Site) {
  const { slurm, watcher } = means;
  for (let round = 0; ; round++) {
    const missing = plan.bundles.map((bundle) => missingIn(site.shelf, bundle));
    const numbers = [...missing.keys()].filter((bundle) => missing[bundle].length > 0);
    if (numbers.length === 0) return;
    if (round > request.retries) throw stillMissing(plan, missing.flat(), round, site);
    if (round > 0) {
      watcher.onNote?.(`${missing.flat().length} runs are missing and are submitted again`);
    }
    const job = await slurm.submit(site.script, arrayOf(numbers, request.jobs));
    await waitFor(job, plan, means, site);
    failOnProblems(site.folder);
  }
}

/** Seconds between two looks at the queue: few at first, then the more the longer it takes. */
const SHORTEST_PAUSE = 0.5;
const LONGEST_PAUSE = 15;
const SLOWER = 1.2;

async function waitFor(job: string, plan: Plan, means: SweepMeans, site: Site): Promise<void> {
  const { slurm, pause, watcher, signal } = means;
  const waiting = new Set(plan.bundles.flat().map(({ key }) => key));
  const all = site.before + waiting.size;
  let seconds = SHORTEST_PAUSE;
  for (let isOver = false; !isOver; ) {
    await pause(seconds);
    seconds = Math.min(LONGEST_PAUSE, seconds * SLOWER);
    if (signal.aborted) {
      await slurm.cancel(job);
      throw new Interrupted(
        `stopped: job ${job} is cancelled; what is finished is kept in ${site.shelf.store.folder}, and the same command goes on from there`,
      );
    }
    isOver = (await slurm.queued(job)) === 0;
    for (const key of waiting) if (site.shelf.store.has(key)) waiting.delete(key);
    watcher.onRun?.(all - waiting.size, all);
  }
}

/** @throws InputError with what any task has found wrong with the input. */
function failOnProblems(folder: string): void {
  const place = join(folder, SWEEP_FILES.problems);
  const found = readdirSync(place).flatMap(
    (name) => JSON.parse(readFileSync(join(place, name), "utf8")) as string[],
  );
  if (found.length > 0) throw new InputError([...new Set(found)]);
}

const MOST_TOLD = 3;

function stillMissing(
  { experiment }: Plan,
  missing: readonly KeyedShard[],
  rounds: number,
  { folder, shelf }: Site,
): Unfinished {
  const grid = cells(experiment);
  const told = missing
    .slice(0, MOST_TOLD)
    .map(({ cell, replication }) => `replication ${replication} of ${grid[cell].label}`);
  const others = missing.length > MOST_TOLD ? ` and ${missing.length - MOST_TOLD} others` : "";
  const logs = join(folder, SWEEP_FILES.logs);
  return new Unfinished(
    [
      `${missing.length} runs are missing after ${rounds} rounds: ${told.join(", ")}${others}`,
      `the last log ends: ${lastWords(logs) ?? "there is none"}`,
      `logs are in ${logs}; what is finished is kept in ${shelf.store.folder}`,
    ].join("\n"),
  );
}

/** The last line of the log that was written last: names begin with the job's number. */
function lastWords(logs: string): string | undefined {
  const numbered = readdirSync(logs).sort(
    (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10),
  );
  const [last] = numbered.slice(-1);
  if (last === undefined) return undefined;
  return readFileSync(join(logs, last), "utf8").trim().split("\n").at(-1);
}
