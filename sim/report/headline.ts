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

/** At most `most` metrics that are defined and not everywhere the same. */
export function headlineMetrics(metrics: readonly MetricRow[], most: number): MetricRow[] {
  const requests = metrics.find(({ name }) => name === "requests.total")?.values ?? [];
  return headlineNames(requests.some(({ mean }) => mean !== 0))
    .flatMap((name) => metrics.find((metric) => metric.name === name) ?? [])
    .filter(({ values }) => new Set(values.map(({ mean }) => mean)).size > 1)
    .slice(0, most);
}
