import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../engine/input-error.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { manifestJson } from "../experiment/manifest.ts";
import type { Prepared } from "../outcome/compute-runs.ts";
import { revived } from "../policies/record.ts";
import type { InputDigests } from "../runner/run-store/input-digests.ts";
import { type Shard, scheduled } from "../runner/schedule.ts";

/** What the tasks of a sweep need to know; written once, read by each. */
export interface Plan {
  readonly experiment: Experiment;
  readonly digests: InputDigests;
  /** Digest of the code that is expected to run it. */
  readonly code: string;
  /** The folder of the store, from the root of the file system. */
  readonly store: string;
  /** What each task runs. */
  readonly bundles: readonly (readonly KeyedShard[])[];
}

export interface KeyedShard extends Shard {
  /** Under which the store keeps the result. */
  readonly key: string;
}

/** Clusters start a few tasks a second: more of them would rather wait than run. */
const MOST_TASKS = 200;

/**
 * Shares out runs among tasks: `bundle` runs each, or as few as make no more than 200 tasks. The runs
 * of a bundle follow each other, since neighbours are likely to have the same workload.
 */
export function planOf(
  { experiment, digests, code }: Prepared,
  shards: readonly KeyedShard[],
  { store, bundle }: { readonly store: string; readonly bundle: number | null },
): Plan {
  const size = bundle ?? Math.max(1, Math.ceil(shards.length / MOST_TASKS));
  const keys = new Map(shards.map(({ key, cell, replication }) => [`${cell}/${replication}`, key]));
  const ordered = scheduled(experiment, shards).map(({ cell, replication }) => {
    return { cell, replication, key: keys.get(`${cell}/${replication}`) ?? "" };
  });
  const bundles = Array.from({ length: Math.ceil(ordered.length / size) }, (_, at) =>
    ordered.slice(at * size, (at + 1) * size),
  );
  return { experiment, digests, code, store: resolve(store), bundles };
}

/** What lies in the folder of a sweep while it runs. */
export const SWEEP_FILES = {
  plan: "plan.json",
  script: "sweep.sbatch",
  logs: "logs",
  problems: "problems",
} as const;

/** Folder of sweeps in the folder of all results. */
export const SWEEPS_FOLDER = ".sweeps";

/** Makes a folder for the sweep, from the root of the file system, that no other sweep uses. */
export function writePlan(out: string, plan: Plan): string {
  const parent = join(resolve(out), SWEEPS_FOLDER);
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${plan.experiment.name}-`));
  for (const name of [SWEEP_FILES.logs, SWEEP_FILES.problems]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, SWEEP_FILES.plan), manifestJson(plan));
  return folder;
}

/** @throws InputError when there is no plan in the folder. */
export function readPlan(folder: string): Plan {
  try {
    return JSON.parse(readFileSync(join(folder, SWEEP_FILES.plan), "utf8"), revived) as Plan;
  } catch (error) {
    throw new InputError([`${folder}: expected the folder of a sweep; got ${error}`]);
  }
}
