import type { Metric } from "./definitions/definition.ts";
import {
  BACKLOG_METRICS,
  DELAY_METRICS,
  REQUEST_METRICS,
  TIME_METRICS,
  VISIT_METRICS,
} from "./definitions/requests.ts";
import { LINK_METRICS, SERVER_METRICS } from "./definitions/server.ts";
import { BELIEF_METRICS, LOAD_METRICS, SYNC_METRICS } from "./definitions/volunteers.ts";

export type { Metric } from "./definitions/definition.ts";

/** Every metric by its family, in the order of reports. */
export const METRIC_FAMILIES = {
  server: SERVER_METRICS,
  visits: VISIT_METRICS,
  delays: DELAY_METRICS,
  requests: [...REQUEST_METRICS, ...BACKLOG_METRICS],
  "where time goes": TIME_METRICS,
  "volunteers' load": LOAD_METRICS,
  synchronisation: SYNC_METRICS,
  "links and cost": LINK_METRICS,
  beliefs: BELIEF_METRICS,
} satisfies Readonly<Record<string, readonly Metric[]>>;

/** Every metric, in the order of reports. A value is null where it is not defined. */
export const METRICS = Object.values(METRIC_FAMILIES).flat();

export type MetricName = (typeof METRICS)[number]["name"];

/**
 * What experiments are judged by, the most telling first: where anybody downloads, and where nobody
 * does. No ranking leaves out what failed.
 */
export const MAIN_METRICS = {
  withRequests: ["visit.mean", "visit.p95", "visit.incomplete", "server.bytes", "volunteers.jain"],
  withoutRequests: ["sync.serverBytes", "sync.age"],
} as const satisfies Readonly<Record<string, readonly MetricName[]>>;

/** The main metrics of an experiment in which anybody downloads, or nobody does. */
export function mainMetrics(hasRequests: boolean): readonly MetricName[] {
  return hasRequests ? MAIN_METRICS.withRequests : MAIN_METRICS.withoutRequests;
}

/** The metric of that name. */
export function metricNamed(name: MetricName): Metric {
  const metric = METRICS.find((each) => each.name === name);
  if (metric === undefined) throw new Error(`no metric is called ${name}`);
  return metric;
}
