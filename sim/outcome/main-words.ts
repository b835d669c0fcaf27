import { type MAIN_METRICS, type MetricName, metricNamed } from "../metrics/metric.ts";

type MainMetric = (typeof MAIN_METRICS)[keyof typeof MAIN_METRICS][number];

/** The words for a metric in an answer. */
export interface Words {
  /** What it measures, to stand in a sentence. */
  readonly noun: string;
  /** What the best one does, to follow its name. */
  readonly feat: string;
}

const WORDS = {
  "visit.mean": {
    noun: "the mean time of a visit",
    feat: "serves visits fastest on average",
  },
  "visit.p95": {
    noun: "the 95th percentile of a visit's time",
    feat: "has the least 95th percentile of a visit's time",
  },
  "visit.incomplete": {
    noun: "the share of incomplete visits",
    feat: "leaves the fewest visits incomplete",
  },
  "server.bytes": {
    noun: "the bytes from the server",
    feat: "lets the server send the least",
  },
  "volunteers.jain": {
    noun: "the fairness of the load (Jain's index)",
    feat: "shares the work best",
  },
  "sync.serverBytes": {
    noun: "the bytes from the server for synchronisation",
    feat: "synchronises with the least from the server",
  },
  "sync.age": {
    noun: "the age of files when volunteers hold them",
    feat: "has files at the volunteers soonest",
  },
} satisfies Readonly<Record<MainMetric, Words>>;

/** The words for a metric; of one that is not a main one, made of its summary. */
export function wordsFor(name: MetricName): Words {
  const known: Readonly<Partial<Record<MetricName, Words>>> = WORDS;
  return known[name] ?? { noun: metricNamed(name).summary, feat: `is best by ${name}` };
}
