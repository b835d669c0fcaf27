import { basename } from "node:path";
import { type Cell, cells } from "../../experiment/config/cells.ts";
import {
  type Experiment,
  POLICY_FAMILIES,
  type PolicyChoice,
  type Variant,
  variantsOf,
  type WorkloadSpec,
} from "../../experiment/config/experiment.ts";
import { sha256 } from "../../experiment/file-digest.ts";
import { manifestJson } from "../../experiment/manifest.ts";
import type { Shard } from "../schedule.ts";
import type { InputDigests } from "./input-digests.ts";

/** To be raised when what a key is made of changes, or the form of what is stored. */
const FORMAT = 1;

/** The files that the workload of a variant is made of, as the experiment names them. */
export type PathsOf = (variant: number) => readonly string[];

/**
 * The key of each run: a digest of everything that its result depends on, and of nothing else. Neither
 * the experiment's name, its other cells and the number of replications are part of it, nor the folders
 * in which files lie, nor what rows are left.
 */
export function shardKeys(
  experiment: Experiment,
  { digests, pathsOf, code }: { digests: InputDigests; pathsOf: PathsOf; code: string },
): (shard: Shard) => string {
  const variants = variantsOf(experiment);
  const ofCells = cells(experiment).map((cell) => {
    const variant = variants[cell.variant];
    const { seed } = experiment;
    const { rows: _, ...measure } = experiment.measure;
    return sha256(
      manifestJson({
        ...{ format: FORMAT, code, seed, measure },
        ...{ system: systemOf(variant, cell), window: variant.window },
        workload: withoutFolders(variant.workload),
        files: pathsOf(cell.variant).map((path) => [basename(path), digests.files[path]]),
        policies: POLICY_FAMILIES.map((family) => choiceOf(cell[family], digests)),
        // Undefined leaves no trace: keys of experiments without are as ever.
        successors: variant.successors?.map((choice) => choice && choiceOf(choice, digests)),
      }),
    );
  });
  return ({ cell, replication }) => sha256(`${ofCells[cell]}/${replication}`);
}

/** The system with the cell's method alone: another method beside it changes no result. */
function systemOf({ system }: Variant, { synchronisation: method }: Cell): unknown {
  return { ...system, synchronisation: { ...system.synchronisation, method } };
}

/** Files are told by their digests; their names stay, since endings may say what they hold. */
function withoutFolders(workload: WorkloadSpec): unknown {
  if ("sync" in workload || "poisson" in workload) return workload;
  if ("log" in workload) {
    return { ...workload, log: { ...workload.log, file: basename(workload.log.file) } };
  }
  const { catalogue, curve } = workload.release;
  const names = { catalogue: basename(catalogue), curve: basename(curve) };
  return { ...workload, release: { ...workload.release, ...names } };
}

function choiceOf({ name, params, own = {} }: PolicyChoice, digests: InputDigests): unknown {
  const files = Object.entries(own).map(([part, path]) => [part, digests.own[path]]);
  return [name, params, files];
}
