import { differenceOf } from "../metrics/equality.ts";
import { MAIN_METRICS } from "../metrics/metric.ts";
import type { MetricRow } from "./report-data.ts";

/** Metrics that tell most of an experiment, the most telling first. */
const HEADLINES = [...MAIN_METRICS.withRequests, "server.share", "sync.hours"];

/** The same where nobody downloads. */
const WITHOUT_REQUESTS = [...MAIN_METRICS.withoutRequests, "sync.wireBytes", "sync.hours"];

/** Names of the metrics that tell most, of an experiment with or without requests. */
export function headlineNames(hasRequests: boolean): readonly string[] {
  return hasRequests ? HEADLINES : WITHOUT_REQUESTS;
}

/** Whether anybody downloads. */
export function hasRequests(metrics: readonly MetricRow[]): boolean {
  const requests = metrics.find(({ name }) => name === "requests.total")?.values ?? [];
  return requests.some(({ mean }) => mean !== 0);
}

/** At most `most` metrics that are defined and not everywhere the same. */
export function headlineMetrics(metrics: readonly MetricRow[], most: number): MetricRow[] {
  return headlineNames(hasRequests(metrics))
    .flatMap((name) => metrics.find((metric) => metric.name === name) ?? [])
    .filter(({ values, unit }) =>
      values.some(({ mean }) => differenceOf(mean, values[0].mean, unit) !== 0),
    )
    .slice(0, most);
}
