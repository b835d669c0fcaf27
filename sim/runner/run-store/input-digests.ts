import { InputError } from "../../engine/input-error.ts";
import type { Experiment } from "../../experiment/config/experiment.ts";
import { fileDigest } from "../../experiment/file-digest.ts";
import { ownPaths } from "../../experiment/own-policy/load.ts";
import type { WorkloadSource } from "../workload-source.ts";
import { modulesDigest } from "./modules-digest.ts";

/** What the files were that an experiment reads, by their paths as it names them. */
export interface InputDigests {
  /** SHA-256 of the files that workloads are made of. */
  readonly files: Readonly<Record<string, string>>;
  /** Digests of the user's own policies, each with the modules that it imports. */
  readonly own: Readonly<Record<string, string>>;
}

export function inputDigests(
  experiment: Experiment,
  sources: readonly WorkloadSource[],
): InputDigests {
  const paths = [...new Set(sources.flatMap((source) => source.paths))];
  return {
    files: Object.fromEntries(paths.map((path) => [path, fileDigest(path)])),
    own: Object.fromEntries(ownPaths(experiment).map((path) => [path, modulesDigest(path)])),
  };
}

/**
 * Makes sure that what a thread has just read is what the keys of its results say.
 *
 * @throws InputError when a file has changed since the experiment was read.
 */
export function checkUnchanged(
  known: Readonly<Record<string, string>>,
  paths: readonly string[],
  digest: (path: string) => string,
): void {
  const changed = paths.filter((path) => known[path] !== digest(path));
  if (changed.length === 0) return;
  throw new InputError(changed.map((path) => `${path}: has changed since the experiment was read`));
}
