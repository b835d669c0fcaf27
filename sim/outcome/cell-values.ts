import { METRICS, type MetricName } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { type Interval, meanInterval, pairedDifferences } from "./statistics/interval.ts";

const UNITS = new Map<MetricName, string>(METRICS.map(({ name, unit }) => [name, unit]));

export function unitOf(name: MetricName): string {
  return UNITS.get(name) ?? "";
}

/** A metric of every run of a cell, by replication; null where a run does not have it. */
export function valuesOf({ runs }: CellRuns, name: MetricName): (number | null)[] {
  return runs.map((run) => run.metrics[name] ?? null); // Older runs lack newer metrics.
}

/** A metric of every run of a cell; empty where any run does not have it. */
export function completeValues(cell: CellRuns, name: MetricName): number[] {
  const values = valuesOf(cell, name).filter((value) => value !== null);
  return values.length < cell.runs.length ? [] : values;
}

/** The mean of a metric over a cell's runs; null where any run does not have it. */
export function intervalOf(cell: CellRuns, name: MetricName): Interval | null {
  return meanInterval(completeValues(cell, name));
}

/** A cell's values less another's, of every replication in which both have the metric. */
export function differencesOf(cell: CellRuns, other: CellRuns, name: MetricName): number[] {
  return pairedDifferences(valuesOf(cell, name), valuesOf(other, name), unitOf(name));
}

/** Whether anybody downloads in any run. */
export function hasRequests(all: readonly CellRuns[]): boolean {
  return all.some(({ runs }) => runs.some(({ metrics }) => metrics["requests.total"] !== 0));
}
