import type { Cell } from "../../experiment/config/cells.ts";
import { type Experiment, type Variant, variantsOf } from "../../experiment/config/experiment.ts";
import type { MetricName } from "../../metrics/metric.ts";
import type { CellRuns } from "../../runner/cell-runs.ts";
import { firstWorkload } from "../../runner/first-workload.ts";
import type { RunResult } from "../../runner/replication.ts";
import { workloadNumbers } from "../../runner/schedule.ts";
import type { WorkloadSource } from "../../runner/workload-source.ts";
import type { Workload } from "../../workload/workload.ts";

/** What diagnoses look at. */
export interface Evidence {
  readonly experiment: Experiment;
  readonly cells: readonly CellEvidence[];
}

/** A cell with the system that it has, its runs, and what is asked of it. */
export interface CellEvidence {
  readonly cell: Cell;
  readonly variant: Variant;
  readonly runs: readonly RunResult[];
  /** Of the first replication; null where it is too large to be looked at. Cells share it. */
  readonly workload: Workload | null;
}

/** `sources` are those of the experiment's workloads, in their order. */
export function evidenceOf(
  experiment: Experiment,
  all: readonly CellRuns[],
  sources: readonly WorkloadSource[],
): Evidence {
  const variants = variantsOf(experiment);
  const numbers = workloadNumbers(experiment);
  const distinct = [...new Set(numbers)];
  const workloads = sources.map((source, at) =>
    firstWorkload(experiment, variants[distinct[at]], source),
  );
  const cells = all.map(({ cell, runs }) => ({
    ...{ cell, runs, variant: variants[cell.variant] },
    workload: workloads[distinct.indexOf(numbers[cell.variant])] ?? null,
  }));
  return { experiment, cells };
}

/** The workloads that are at hand, each with the cells that it is asked of. */
export function demands({ cells }: Evidence): ReadonlyMap<Workload, readonly CellEvidence[]> {
  const found = new Map<Workload, CellEvidence[]>();
  for (const each of cells) {
    if (each.workload === null) continue;
    found.set(each.workload, [...(found.get(each.workload) ?? []), each]);
  }
  return found;
}

/** The mean of a metric over the runs that have it; null where none does. */
export function meanOf({ runs }: CellEvidence, name: MetricName): number | null {
  const values = runs.flatMap((run) => run.metrics[name] ?? []);
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How often each reason was given, over all runs. */
export function reasonsOf({ runs }: CellEvidence): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { reasons } of runs) {
    for (const [reason, count] of Object.entries(reasons)) {
      sums.set(reason, (sums.get(reason) ?? 0) + count);
    }
  }
  return sums;
}

/** Whether customers can be sent to volunteers: there are some, and the policy does not rule them out. */
export function asksVolunteers({ cell, variant }: CellEvidence): boolean {
  return variant.system.volunteers.length > 0 && cell.dispatch.name !== "origin-only";
}

/** The cells in which there are volunteers, and something for them to fetch. */
export function fetchers({ cells }: Evidence): CellEvidence[] {
  return cells.filter(
    ({ variant, workload }) =>
      variant.system.volunteers.length > 0 && workload !== null && hasNews(workload),
  );
}

/** Whether there is anything to fetch: files that are released, or change, in the window. */
export function hasNews({ catalogue, changes }: Workload): boolean {
  return changes.count > 0 || catalogue.release.some((time) => time > Number.NEGATIVE_INFINITY);
}

/** Seconds of the window; of one that a log tells and that is not at hand, whole bins of it. */
export function windowOf({ workload, variant, runs }: CellEvidence, { measure }: Experiment) {
  return workload?.window ?? variant.window ?? (runs[0]?.serverRate.length ?? 0) * measure.bin;
}
