import type { Experiment } from "../../experiment/config/experiment.ts";
import type { CellRuns } from "../../runner/cell-runs.ts";
import { precisionOf } from "../precision.ts";

/** How much the replications grow each time that they are too few. */
const GROWTH = 1.5;

/**
 * How many replications of each cell there are to be, after those in `all`; null if these are enough.
 * It follows from the runs alone, so that it is the same however they were made.
 *
 * Runs are added by half as many until every 95 % interval of the metric of `until` is as narrow as
 * it says: of each cell, and of each paired difference to a baseline; or until there are `max`.
 *
 * Such intervals hold the true mean less often than they say, since chance that makes them narrow
 * also stops: where about 18 runs are needed, 95 % intervals of normal runs held it in 90 % of the
 * experiments that began with 3 replications and in 94 % of those with 10, and of exponential ones in
 * 80 and 89 % (`next-replications.test.ts`). Where it counts, begin with ten, or run as many as were
 * reached again with another seed and without `until`.
 *
 * Source: Law, Simulation Modeling and Analysis, 5th ed., section 9.4.1, on sequential procedures;
 * batches that grow geometrically have few looks at the data, and so less of that bias.
 */
export function nextReplications(experiment: Experiment, all: readonly CellRuns[]): number | null {
  const precision = precisionOf(experiment, all);
  if (precision === null || precision.isReached) return null;
  const { replications, max } = precision;
  return replications >= max ? null : Math.min(max, Math.ceil(replications * GROWTH));
}
