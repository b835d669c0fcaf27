import { join, resolve } from "node:path";
import { firstReplications } from "../experiment/first-replications.ts";
import { type ComputeOptions, computePrepared, prepare } from "../outcome/compute-runs.ts";
import { type KeepOptions, keepRun, type Performed } from "../outcome/perform.ts";
import { nextReplications } from "../outcome/statistics/next-replications.ts";
import { checkMeasured } from "../runner/check-measured.ts";
import { shardsOf } from "../runner/schedule.ts";
import { SWEEPS_FOLDER } from "./plan.ts";
import type { SlurmRequest } from "./request.ts";
import { drySweep, type Kept, type SweepMeans, sweepOnSlurm } from "./sweep-on-slurm.ts";

type Options = ComputeOptions & KeepOptions;

/**
 * Like `performExperiment`, with the runs made by a Slurm cluster that shares the file system: the same
 * files in the same folder, to the byte.
 *
 * @throws InputError when the experiment is wrong, before anything is submitted; else like
 * `sweepOnSlurm`.
 */
export async function performOnSlurm(
  file: string,
  options: Options,
  request: SlurmRequest,
  means: SweepMeans,
): Promise<Performed> {
  const prepared = await prepareKept(file, options);
  if (options.force === true) forget(prepared);
  for (let replications: number | null = firstReplications(prepared.experiment); replications; ) {
    await sweepOnSlurm(upTo(prepared, replications), options.out, request, means);
    const { all } = await computePrepared(upTo(prepared, replications), 1, quietly(means));
    replications = nextReplications(prepared.experiment, all);
  }
  return keepRun(await computePrepared(prepared, 1, quietly(means)), options);
}

/** The experiment with so many replications from the start, as one batch of `until` has. */
function upTo(prepared: Kept, replications: number): Kept {
  const { until: _, ...experiment } = prepared.experiment;
  return { ...prepared, experiment: { ...experiment, replications } };
}

/** All is at hand when results are put together: only what is wrong is worth telling. */
function quietly({ watcher: { onNote }, signal }: SweepMeans) {
  return { watcher: onNote === undefined ? {} : { onNote }, signal };
}

/** What `performOnSlurm` would submit; nothing is. */
export async function showSweep(file: string, options: Options, request: SlurmRequest) {
  const folder = join(resolve(options.out), SWEEPS_FOLDER, "…");
  return drySweep(await prepareKept(file, options), folder, request);
}

async function prepareKept(file: string, options: Options): Promise<Kept> {
  const prepared = await prepare(file, { ...options, force: false });
  checkMeasured(file, prepared.experiment, prepared.sources);
  if (prepared.shelf === null) throw new Error("a sweep needs a store");
  return { ...prepared, shelf: prepared.shelf };
}

/** Tasks cannot tell old results from new ones: those that are to be made again are taken away. */
function forget({ experiment, shelf }: Kept): void {
  const most = experiment.until?.max ?? experiment.replications;
  for (const shard of shardsOf(experiment, 0, most)) shelf.store.remove(shelf.keyOf(shard));
}
