import { METRICS, type MetricName } from "./metric.ts";

/** The load on the server, what users wait, and how fair the work is shared. */
const WITH_REQUESTS = [
  ...["server.bytes", "visit.mean", "visit.p95", "visit.incomplete"],
  "volunteers.jain",
];

/** Where nobody downloads: the load on the server, and how fresh mirrors are. */
const WITHOUT_REQUESTS = ["sync.serverBytes", "sync.age"];

/**
 * The metrics that an experiment is about, chosen before any run: what is said of them together is
 * wrong in at most 5 % of experiments. All others are there to explore.
 */
export function mainMetrics(hasRequests: boolean): MetricName[] {
  const main = hasRequests ? WITH_REQUESTS : WITHOUT_REQUESTS;
  return METRICS.map(({ name }) => name).filter((name) => main.includes(name));
}
