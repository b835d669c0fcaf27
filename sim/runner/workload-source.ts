import type {
  PoissonSpec,
  ReleaseSpec,
  SyncSpec,
  Variant,
} from "../experiment/config/experiment.ts";
import { type ChangeRecipe, withChanges } from "../workload/changes.ts";
import { loadReleaseInputs } from "../workload/files/release-inputs.ts";
import type { AccessLog } from "../workload/import/read-access-log.ts";
import { poissonSize, poissonWorkload } from "../workload/poisson.ts";
import { releaseWorkload } from "../workload/release.ts";
import { debianIndexSizes } from "../workload/release-catalogue.ts";
import { releaseSize } from "../workload/release-size.ts";
import type { CompiledTrace } from "../workload/trace/compiled/read.ts";
import { updateSize } from "../workload/updates/update-size.ts";
import { updateWorkload } from "../workload/updates/update-workload.ts";
import type { Workload } from "../workload/workload.ts";
import type { WorkloadSize } from "../workload/workload-size.ts";
import type { replicationStreams } from "./replication.ts";

/** An experiment's input files, read once; makes the workload of each replication. */
export interface WorkloadSource {
  /** The files read. */
  readonly paths: readonly string[];
  /** Facts about the input that a reader of the results should know. */
  readonly notes: readonly string[];
  /** Lines of a log that could not be read, as rows for a file of their own. */
  readonly rejected: AccessLog["rejected"] | null;
  /** What is expected of each workload, for an estimate of memory. */
  size(): WorkloadSize;
  /** The compiled trace that is replayed, for other threads to use as well; else null. */
  readonly compiled: CompiledTrace | null;
  generate(streams: ReturnType<typeof replicationStreams>): Workload;
}

/**
 * `compiled` is the trace that is to be replayed, where it has been read already.
 *
 * @throws InputError when a file is missing or is not what the experiment takes it for.
 */
export async function workloadSource(
  { workload, window }: Pick<Variant, "workload" | "window">,
  compiled: CompiledTrace | null = null,
): Promise<WorkloadSource> {
  const { changes } = workload;
  if ("sync" in workload) return syncSource(workload.sync, changes, window ?? 0);
  if ("poisson" in workload) return poissonSource(workload.poisson, changes, window ?? 0);
  if ("release" in workload) return releaseSource(workload.release, changes, window ?? 0);
  const { replayedSource } = await import("./replayed-source.ts"); // Readers of all formats.
  return replayedSource(workload.log, { changes, window, compiled });
}

function releaseSource(
  spec: ReleaseSpec,
  changes: ChangeRecipe | undefined,
  window: number,
): WorkloadSource {
  const { extract, shape, paths } = loadReleaseInputs(spec);
  const recipe = { ...spec, window, indexes: debianIndexSizes, changes };
  return {
    paths,
    notes: [],
    rejected: null,
    size: () => releaseSize(recipe, extract),
    compiled: null,
    generate: (streams) => releaseWorkload(recipe, extract, shape, streams),
  };
}

function poissonSource(
  spec: PoissonSpec,
  changes: ChangeRecipe | undefined,
  window: number,
): WorkloadSource {
  const recipe = { ...spec, window };
  return {
    paths: [],
    notes: [],
    rejected: null,
    size: () => poissonSize(recipe),
    compiled: null,
    generate: (streams) => withChanges(poissonWorkload(recipe, streams), changes)(streams),
  };
}

function syncSource(
  spec: SyncSpec,
  changes: ChangeRecipe | undefined,
  window: number,
): WorkloadSource {
  const recipe = { ...spec, window };
  return {
    paths: [],
    notes: ["nobody downloads: the workload is synchronisation alone"],
    rejected: null,
    size: () => updateSize(recipe),
    generate: (streams) => {
      const workload = updateWorkload(recipe, streams);
      return withChanges(workload, changes)(streams);
    },
    compiled: null,
  };
}
