import type { Experiment, Variant } from "../experiment/config/experiment.ts";
import type { Workload } from "../workload/workload.ts";
import { replicationStreams } from "./replication.ts";
import type { WorkloadSource } from "./workload-source.ts";

/** Requests above which a workload is not made once more, only to be looked at. */
const MOST = 1_000_000;

/**
 * The workload of the first replication, which stands for those of all; null where it is generated and
 * so large that this would take long. What is replayed is at hand.
 */
export function firstWorkload(
  experiment: Experiment,
  { workload }: Pick<Variant, "workload">,
  source: WorkloadSource,
): Workload | null {
  const isGenerated = !("log" in workload);
  if (isGenerated && source.size().requests > MOST) return null;
  return source.generate(replicationStreams(experiment, 0));
}
