import { cells } from "../experiment/config/cells.ts";
import { type Experiment, variantsOf } from "../experiment/config/experiment.ts";
import { loadOwnPolicies } from "../experiment/own-policy/load.ts";
import type { Run } from "../model/simulation.ts";
import { replicationStreams, runOf } from "./replication.ts";
import { workloadSource } from "./workload-source.ts";

/** A cell of an experiment by its number, and which of its runs is meant. */
export interface CellRun {
  readonly experiment: Experiment;
  readonly cell: number;
  readonly replication: number;
}

/**
 * Makes the run anew as often as it is called, on one workload.
 *
 * @throws InputError when an input file or a policy of the user's own is missing or wrong.
 */
export async function runMaker({ experiment, cell, replication }: CellRun): Promise<() => Run> {
  const chosen = cells(experiment)[cell];
  const source = await workloadSource(variantsOf(experiment)[chosen.variant]);
  const own = await loadOwnPolicies(experiment);
  const workload = source.generate(replicationStreams(experiment, replication));
  return () => runOf(experiment, chosen, replication, workload, own);
}
