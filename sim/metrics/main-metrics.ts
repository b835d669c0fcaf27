import type { MetricName } from "./metric.ts";

/** A metric that experiments are judged by, in the words of an answer. */
export interface MainMetric {
  readonly name: MetricName;
  /** What it measures, to stand in a sentence. */
  readonly noun: string;
  /** What the best one does, to follow its name. */
  readonly feat: string;
}

/** With requests, the most telling first: rankings, answers, cards and colours all follow this. */
const WITH_REQUESTS: readonly MainMetric[] = [
  {
    name: "server.bytes",
    noun: "the bytes from the server",
    feat: "lets the server send the least",
  },
  {
    name: "delay.p95",
    noun: "the 95th percentile of the delay",
    feat: "has the least 95th percentile of the delay",
  },
  {
    name: "volunteers.jain",
    noun: "the fairness of the load (Jain's index)",
    feat: "shares the work best",
  },
];

/** Where nobody downloads. */
const WITHOUT_REQUESTS: readonly MainMetric[] = [
  {
    name: "sync.serverBytes",
    noun: "the bytes from the server for synchronisation",
    feat: "synchronises with the least from the server",
  },
  {
    name: "sync.age",
    noun: "the age of files when volunteers hold them",
    feat: "has files at the volunteers soonest",
  },
];

/** What experiments are judged by, with or without requests. */
export function mainMetrics(hasRequests: boolean): readonly MainMetric[] {
  return hasRequests ? WITH_REQUESTS : WITHOUT_REQUESTS;
}
