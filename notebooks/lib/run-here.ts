import { type Cell, cells } from "../../sim/experiment/config/cells.ts";
import type { Experiment } from "../../sim/experiment/config/experiment.ts";
import type { OwnPolicies } from "../../sim/experiment/own-policy/load.ts";
import { type RunResult, replicationStreams, runOnce } from "../../sim/runner/replication.ts";
import type { Extract } from "../../sim/workload/extract.ts";
import { releaseWorkload } from "../../sim/workload/release.ts";
import { debianIndexSizes } from "../../sim/workload/release-catalogue.ts";
import type { ReleaseShape } from "../../sim/workload/release-shape.ts";
import type { Workload } from "../../sim/workload/workload.ts";

/** What a run in this page leaves behind: that of `sim run`, with the cell it belongs to. */
export interface RunHere extends RunResult {
  readonly policy: string;
  /** Milliseconds it took, by this machine's clock. The only number that is not repeatable. */
  readonly took: number;
}

/**
 * The requests of one replication of an experiment with a release: the same, to the last bit, as
 * `sim run` generates on a command line.
 */
export function workloadHere(
  experiment: Experiment,
  extract: Extract,
  shape: ReleaseShape,
  replication = 0,
): Workload {
  const { workload: spec, window } = experiment;
  if (!("release" in spec)) throw new Error("expected an experiment with a release");
  const { release, changes } = spec;
  const recipe = { ...release, window: window ?? 0, indexes: debianIndexSizes, changes };
  return releaseWorkload(recipe, extract, shape, replicationStreams(experiment, replication));
}

/** Runs every cell of an experiment once against a workload, one after the other. */
export function runHere(
  experiment: Experiment,
  workload: Workload,
  { replication = 0, own }: { readonly replication?: number; readonly own?: OwnPolicies } = {},
): readonly RunHere[] {
  return cells(experiment).map((cell: Cell) => {
    const start = performance.now();
    const run = runOnce(experiment, cell, replication, workload, own);
    return { policy: cell.policy, took: performance.now() - start, ...run };
  });
}
