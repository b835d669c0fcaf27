import { join, resolve } from "node:path";
import { type ComputeOptions, computePrepared, prepare } from "../compute-runs.ts";
import { keepRun, type Performed } from "../perform.ts";
import { shardsOf } from "../schedule.ts";
import { SWEEPS_FOLDER } from "./plan.ts";
import type { SlurmRequest } from "./request.ts";
import { drySweep, type Kept, type SweepMeans, sweepOnSlurm } from "./sweep-on-slurm.ts";

type Options = ComputeOptions & { readonly out: string };

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
  await sweepOnSlurm(prepared, options.out, request, means);
  const { onNote } = means.watcher;
  const watcher = onNote === undefined ? {} : { onNote };
  const computed = await computePrepared(prepared, 1, { watcher, signal: means.signal });
  return keepRun(computed, options.out);
}

/** What `performOnSlurm` would submit; nothing is. */
export async function showSweep(file: string, options: Options, request: SlurmRequest) {
  const folder = join(resolve(options.out), SWEEPS_FOLDER, "…");
  return drySweep(await prepareKept(file, options), folder, request);
}

async function prepareKept(file: string, options: Options): Promise<Kept> {
  const prepared = await prepare(file, { ...options, force: false });
  if (prepared.shelf === null) throw new Error("a sweep needs a store");
  return { ...prepared, shelf: prepared.shelf };
}

/** Tasks cannot tell old results from new ones: those that are to be made again are taken away. */
function forget({ experiment, shelf }: Kept): void {
  for (const shard of shardsOf(experiment)) shelf.store.remove(shelf.keyOf(shard));
}
