import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import type { Overrides } from "../experiment/config/override.ts";
import { readExperiment } from "../experiment/config/read-experiment.ts";
import { ownPaths } from "../experiment/own-policy/load.ts";
import { registryFor } from "../experiment/own-policy/registry.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { checkMeasured } from "../runner/check-measured.ts";
import { footprint } from "../runner/footprint.ts";
import { checkMemory, memoryLimit } from "../runner/memory-estimate.ts";
import type { Means, Watcher } from "../runner/run-shards.ts";
import { codeDigest } from "../runner/run-store/code-digest.ts";
import { type InputDigests, inputDigests } from "../runner/run-store/input-digests.ts";
import { openRunStore, STORE_FOLDER } from "../runner/run-store/run-store.ts";
import { shardKeys } from "../runner/run-store/shard-keys.ts";
import { type Shelf, shelfIn } from "../runner/run-store/shelf.ts";
import { workloadNumbers } from "../runner/schedule.ts";
import type { WorkloadSource } from "../runner/workload-source.ts";
import { compiledTraces, inputsOf, workloadSources } from "../runner/workload-sources.ts";
import { runExperiment } from "./run-experiment.ts";

const MAX_THREADS = 1024;

export interface ComputeOptions {
  readonly overrides: Overrides;
  /** Threads, as typed; all cores when undefined. */
  readonly jobs: string | undefined;
  /** Folder of all results, in which the store lies; null to keep nothing. */
  readonly out: string | null;
  /** Whether to run again what the store has. */
  readonly force?: boolean;
  /** Memory that may be used, as typed; all of the machine's when undefined. */
  readonly maxMemory?: string | undefined;
  readonly watcher?: Watcher;
  /** Ends the work; what is finished by then is kept. */
  readonly signal?: AbortSignal | undefined;
}

/** An experiment with all its runs, and what they were made of. */
export interface Computed {
  readonly experiment: Experiment;
  readonly all: readonly CellRuns[];
  readonly sources: readonly WorkloadSource[];
  /** Facts about the input that a reader of the results should know. */
  readonly notes: readonly string[];
  /** The files read, for the manifest. */
  readonly inputs: readonly string[];
  /** Where results and rows are kept; null where nothing is. */
  readonly shelf: Shelf | null;
}

/** An experiment that has been read with all its inputs, so that it can be run. */
export interface Prepared extends Omit<Computed, "all"> {
  readonly digests: InputDigests;
  /** Digest of the code that would run it. */
  readonly code: string;
}

/**
 * Reads an experiment and makes all its runs that the store does not have; writes nothing but the
 * store.
 *
 * @throws InputError when the experiment or a file it names is wrong or nothing would be measured, Unfinished when the store cannot
 * be written or threads keep dying, Interrupted when the signal says so.
 */
export async function computeRuns(file: string, options: ComputeOptions): Promise<Computed> {
  const jobs = threadsOf(options.jobs);
  const limit = memoryLimit(options.maxMemory);
  const prepared = await prepare(file, options);
  checkMemory(footprint(prepared.experiment, prepared.sources, jobs), limit);
  checkMeasured(file, prepared.experiment, prepared.sources);
  return computePrepared(prepared, jobs, options);
}

export async function computePrepared(
  prepared: Prepared,
  jobs: number,
  { watcher = {}, signal }: Pick<ComputeOptions, "watcher" | "signal">,
): Promise<Computed> {
  const { experiment, shelf, digests, sources } = prepared;
  const traces = compiledTraces(experiment, sources);
  const means: Means = { jobs, shelf, digests, traces, watcher, signal };
  return { ...prepared, all: await runExperiment(experiment, means) };
}

/** Finds everything that is wrong with an experiment and its files before anything is run. */
export async function prepare(
  file: string,
  { overrides, out, force = false }: Pick<ComputeOptions, "overrides" | "out" | "force">,
): Promise<Prepared> {
  const registry = await registryFor(file);
  return prepareExperiment(readExperiment(file, { overrides, registry }), { out, force });
}

/** Reads all inputs of an experiment that has been read or made. */
export async function prepareExperiment(
  experiment: Experiment,
  { out, force = false }: Pick<ComputeOptions, "out" | "force">,
): Promise<Prepared> {
  const sources = await workloadSources(experiment);
  const digests = inputDigests(experiment, sources);
  const code = codeDigest();
  const keyOf = shardKeys(experiment, { digests, code, pathsOf: pathsIn(experiment, sources) });
  const { paths, notes } = inputsOf(sources);
  return {
    ...{ experiment, sources, digests, code, notes, inputs: [...paths, ...ownPaths(experiment)] },
    shelf:
      out === null
        ? null
        : shelfIn(openRunStore(join(out, STORE_FOLDER)), keyOf, {
            force,
            tables: experiment.measure.rows ?? [],
          }),
  };
}

/** The files of each variant's workload. */
function pathsIn(experiment: Experiment, sources: readonly WorkloadSource[]) {
  const numbers = workloadNumbers(experiment);
  const distinct = [...new Set(numbers)];
  return (variant: number) => sources[distinct.indexOf(numbers[variant])].paths;
}

/** @throws InputError when it is no number of threads. */
export function threadsOf(jobs: string | undefined): number {
  if (jobs === undefined) return availableParallelism();
  const threads = Number(jobs);
  if (Number.isInteger(threads) && 1 <= threads && threads <= MAX_THREADS) return threads;
  throw new InputError([`--jobs: invalid jobs: ${jobs}; not in [1, ${MAX_THREADS}] threads`]);
}
