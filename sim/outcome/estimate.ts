import { type MetricName, metricNamed } from "../metrics/metric.ts";
import type { Estimate } from "../report/report-data.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { intervalOf, valuesOf } from "./cell-values.ts";

/**
 * The mean of a metric over a cell's runs; null where any run does not have it. A quantile of times that
 * stands at the horizon, in seconds, may be any longer: of such, and of what is shorter, the mean is at
 * least so much.
 */
export function estimateOf(cell: CellRuns, name: MetricName, horizon: number): Estimate | null {
  const interval = intervalOf(cell, name);
  if (interval === null || metricNamed(name).horizon !== "quantile") return interval;
  const isCensored = valuesOf(cell, name).some((value) => value !== null && value >= horizon);
  return isCensored ? { ...interval, isAtLeast: true } : interval;
}
