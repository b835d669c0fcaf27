import {
  exampleBeliefs,
  exampleDecisions,
  exampleDelays,
  exampleVisits,
} from "./charts/testing.ts";
import type { Interval, MetricRow, ReportData, Variation } from "./report-data.ts";
import { exampleSetup } from "./sections/testing.ts";

/** Made-up results of five policies, in the shape and at the size of a flash crowd's. */
export function exampleReport(): ReportData {
  return {
    experiment: "flash",
    title: "A flash crowd, with and without volunteers",
    question:
      "When a new release causes a flash crowd, how far do volunteer mirrors relieve the server, " +
      "and which redirect policy shares the work best?",
    answer:
      "Volunteers relieve the server most under tracker-informed: it sends 81.4 % fewer bytes than " +
      "under origin-only (95 % interval 80.9 % to 81.9 %). tracker-informed shares the work best, " +
      "with Jain's index 0.962, ahead of least-loaded by more than chance explains.",
    setup: exampleSetup(),
    answerTable: [
      {
        ...{ metric: "server.bytes", summary: "sent by the server" },
        ...{ best: "tracker-informed", value: "272 GB (268 to 275)" },
        ...{
          change: { mean: "−81.4 %", interval: "−81.9 % to −80.9 %, 99.8 %" },
          rivals: [],
          within: null,
        },
        ties: [],
      },
      {
        ...{ metric: "delay.p95", summary: "95th percentile of the delay" },
        ...{ best: "tracker-informed", value: "4.1 min (3.9 to 4.4)", change: null },
        ...{ ties: [], rivals: ["least-loaded"], within: "12.1 s" },
      },
    ],
    named: ["tracker-informed", "least-loaded"],
    facts: [
      { label: "Seed", value: "2008" },
      { label: "Replications", value: "10 of each policy, with common random numbers" },
      { label: "Window", value: "3 d, measured from 1 d" },
      { label: "Requests", value: "18,412 a run" },
      { label: "Version", value: "0.1.0, commit 3f9c2ab, Node v20.20.2" },
      { label: "Fingerprint", value: "9d5be1a07c3342f8a1c60b7d2e9f4415" },
      { label: "Run again", value: "sim run experiments/flash.yaml --seed 2008 --replications 10" },
    ],
    notes: ["14 of 120,331 lines of the log were rejected: 12 without a size, 2 without a time."],
    replications: 10,
    policies: POLICIES.map(({ policy }) => policy),
    horizon: 43_200,
    baseline: "origin-only",
    metrics: METRICS.map(metric),
    serverRate: POLICIES.flatMap(serverRate),
    visits: POLICIES.flatMap(exampleVisits),
    delay: POLICIES.flatMap(exampleDelays),
    decisions: POLICIES.map(({ policy }) => exampleDecisions(policy)),
    beliefs: POLICIES.flatMap(({ policy, balance }) => exampleBeliefs(policy, balance)),
    load: POLICIES.flatMap(load),
    backlog: POLICIES.flatMap(serverRate).map(({ policy, time, mean }) => ({
      ...{ policy, time, ...interval(Math.round(mean / 1e4), 8) },
    })),
    busy: POLICIES.filter(({ origin }) => origin < 1).map(busy),
    syncDays: POLICIES.flatMap(({ policy, balance }) =>
      [1, 2, 3].map((day) => ({ policy, day, mean: day + balance, least: 0.5, most: 2 * day + 1 })),
    ),
  };
}

/** The example's policies at every combination of an axis of numbers and one of words. */
export function variedReport(
  intervals: readonly string[] = ["1 min", "1 h"],
  crowds: readonly string[] = ["small", "large"],
): ReportData {
  const plain = exampleReport();
  const axes: Variation["axes"] = [
    { name: "interval", levels: intervals, numbers: intervals.map((_, at) => 60 * 60 ** at) },
    { name: "crowd", levels: crowds, numbers: null },
  ];
  const cells = intervals.flatMap((interval) =>
    crowds.flatMap((crowd) =>
      plain.policies.map((policy) => ({
        label: `interval ${interval} + crowd ${crowd} + ${policy}`,
        policy,
        levels: [interval, crowd],
      })),
    ),
  );
  /** The rows of the plain report, once for each variant, under the labels of its cells. */
  const everywhere = <Row extends { readonly policy: string }>(rows: readonly Row[]) =>
    cells.flatMap(({ label, policy }) =>
      rows.filter((row) => row.policy === policy).map((row) => ({ ...row, policy: label })),
    );
  return {
    ...plain,
    policies: cells.map(({ label }) => label),
    metrics: plain.metrics.map((metric) => ({
      ...metric,
      values: everywhere(metric.values).map((value, at) => ({
        ...value,
        mean: value.mean * (1 + at / 100),
        against: value.difference === null ? null : value.policy.replace(/[^+]+$/, " origin-only"),
      })),
    })),
    serverRate: everywhere(plain.serverRate),
    visits: everywhere(plain.visits),
    delay: everywhere(plain.delay),
    decisions: everywhere(plain.decisions),
    beliefs: everywhere(plain.beliefs),
    load: everywhere(plain.load),
    backlog: everywhere(plain.backlog),
    busy: everywhere(plain.busy),
    syncDays: everywhere(plain.syncDays),
    variation: { axes, cells },
  };
}

/** The example with more policies than colours can tell apart: seven more, no better than random. */
export function crowdedReport(): ReportData {
  const plain = exampleReport();
  const names = Array.from({ length: 7 }, (_, at) => `other-${at + 1}`);
  const more = <Row extends { readonly policy: string }>(rows: readonly Row[]) => [
    ...rows,
    ...names.flatMap((policy) =>
      rows.filter((row) => row.policy === "random").map((row) => ({ ...row, policy })),
    ),
  ];
  return {
    ...plain,
    policies: [...plain.policies, ...names],
    metrics: plain.metrics.map((metric) => ({ ...metric, values: more(metric.values) })),
    serverRate: more(plain.serverRate),
    visits: more(plain.visits),
    delay: more(plain.delay),
    decisions: more(plain.decisions),
    beliefs: more(plain.beliefs),
    load: more(plain.load),
    backlog: more(plain.backlog),
    busy: more(plain.busy),
    syncDays: more(plain.syncDays),
  };
}

interface Example {
  readonly policy: string;
  /** Share of the crowd's bytes that the server sends itself. */
  readonly origin: number;
  /** Median delay in seconds, and how widely delays spread. */
  readonly median: number;
  readonly spread: number;
  /** How far a volunteer's load follows its uplink, from 0 to 1. */
  readonly balance: number;
}

const POLICIES: readonly Example[] = [
  { policy: "origin-only", origin: 1, median: 640, spread: 2.1, balance: 0 },
  { policy: "random", origin: 0.271, median: 46, spread: 1.9, balance: 0.2 },
  { policy: "round-robin", origin: 0.269, median: 45, spread: 1.88, balance: 0.22 },
  { policy: "least-loaded", origin: 0.224, median: 31, spread: 1.5, balance: 0.8 },
  { policy: "tracker-informed", origin: 0.186, median: 27, spread: 1.35, balance: 0.96 },
];

type Sketch = Omit<MetricRow, "values"> & {
  readonly of: (example: Example) => number | null;
  /** Half width of the interval, as a share of the mean. */
  readonly width: number;
};

const METRICS: readonly Sketch[] = [
  {
    ...{ name: "server.bytes", unit: "bytes", better: "lower", width: 0.012 },
    summary: "sent by the server, deliveries and synchronisation",
    of: ({ origin }) => 1.46e12 * origin,
  },
  {
    ...{ name: "server.peakRate", unit: "bytes/s", better: "lower", width: 0.03 },
    summary: "highest mean rate of the server over one bin",
    of: ({ origin }) => 6.2e6 * Math.min(1, 1.3 * origin),
  },
  {
    ...{ name: "visit.mean", unit: "s", better: "lower", width: 0.03 },
    summary: "from a visit's arrival to its last file, restricted mean",
    of: ({ median, spread }) => 10 * median * Math.exp(spread / 2),
  },
  {
    ...{ name: "visit.p95", unit: "s", better: "lower", width: 0.05 },
    summary: "95th percentile of the time of a visit",
    of: ({ median, spread }) => Math.min(43_200, 10 * median * Math.exp(1.645 * spread)),
  },
  {
    ...{ name: "visit.incomplete", unit: "ratio", better: "lower", width: 0.2 },
    summary: "share of visits that did not get all within the horizon",
    of: ({ origin }) => 0.1 * origin ** 2,
  },
  {
    ...{ name: "delay.p50", unit: "s", better: "lower", width: 0.02 },
    summary: "median delay of completed requests",
    of: ({ median }) => median,
  },
  {
    ...{ name: "delay.p95", unit: "s", better: "lower", width: 0.05 },
    summary: "95th percentile of the delay",
    of: ({ median, spread }) => median * Math.exp(1.645 * spread),
  },
  {
    ...{ name: "requests.total", unit: "count", better: "none", width: 0.006 },
    summary: "requests asked in the measured time",
    of: () => 18_412,
  },
  {
    ...{ name: "requests.failed", unit: "count", better: "lower", width: 0.2 },
    summary: "given up, or out of attempts",
    of: ({ origin }) => Math.round(214 * origin ** 2),
  },
  {
    ...{ name: "requests.digestFailed", unit: "count", better: "lower", width: 0.15 },
    summary: "requests that were sent wrong bytes",
    of: ({ origin, balance }) => (origin === 1 ? 0 : 92 - 40 * balance),
  },
  {
    ...{ name: "requests.wrongAccepted", unit: "count", better: "lower", width: 0 },
    summary: "requests that kept wrong bytes unnoticed",
    of: () => 0,
  },
  ...["turn", "server", "opening", "transfer"].map(
    (part, at): Sketch => ({
      ...{ name: `time.${part}`, unit: "s", better: "lower", width: 0.05 },
      summary: `${part} of a request, mean`,
      of: ({ median }) => (median * [3, 0.2, 0.3, 1][at]) as number,
    }),
  ),
  {
    ...{ name: "volunteers.jain", unit: "ratio", better: "higher", width: 0.008 },
    summary: "Jain's index of the volunteers' load",
    of: ({ origin, balance }) => (origin === 1 ? null : 0.7 + 0.273 * balance),
  },
  {
    ...{ name: "sync.hours", unit: "hours", better: "lower", width: 0.03 },
    summary: "hours a day a volunteer synchronises, mean",
    of: ({ origin, balance }) => (origin === 1 ? 1.81 : 1.93 - 0.1 * balance),
  },
  {
    ...{ name: "bytes.volunteerUplink", unit: "bytes", better: "none", width: 0.01 },
    summary: "over the volunteers' uplinks",
    of: ({ origin }) => 1.46e12 * (1 - origin),
  },
];

function metric({ of, width, ...shown }: Sketch): MetricRow {
  const before = of(POLICIES[0] as Example);
  const values = POLICIES.flatMap((example) => {
    const mean = of(example);
    if (mean === null) return [];
    const isCompared = example.policy !== "origin-only" && before !== null;
    const difference = isCompared
      ? { ...interval(mean - before, width * Math.abs(mean)), level: 0.99 }
      : null;
    const isAtLeast = shown.name.endsWith("p95") && mean === 43_200;
    const value = { policy: example.policy, ...interval(mean, width * mean), difference };
    return [isAtLeast ? { ...value, isAtLeast: true as const } : value];
  });
  return { ...shown, values };
}

/** A quiet day, then a crowd that comes at 33 h and ebbs away with the rhythm of the day. */
function serverRate({ policy, origin }: Example, at: number) {
  return Array.from({ length: 3 * 288 }, (_, bin) => {
    const hour = bin / 12;
    const day = 0.5 - 0.5 * Math.cos((2 * Math.PI * (hour - 3)) / 24);
    const crowd = hour < 33 ? 0 : Math.exp(-(hour - 33) / 14) * (0.4 + day);
    const ripple = 1 + 0.09 * Math.sin(bin * (1.7 + 0.31 * at)) * Math.sin(bin * 0.37 + at);
    const demand = (0.35e6 * (0.4 + day) + 11e6 * crowd * origin) * ripple;
    const mean = Math.min(6.2e6, demand);
    return { policy, time: bin * 300, ...interval(mean, 0.06 * mean + 0.04e6) };
  });
}

function load({ policy, origin, balance }: Example) {
  return Array.from({ length: 40 }, (_, volunteer) => {
    const kind = volunteer < 20 ? 0 : volunteer < 32 ? 1 : volunteer < 39 ? 2 : 3;
    const uneven = [0.34, 0.66, 0.21, 0.3][kind] ?? 0;
    const even = [0.46, 0.47, 0.4, 0.03 + 0.4 * (1 - balance)][kind] ?? 0;
    const own = 0.2 * Math.sin(volunteer * 2.4 + 1) * (1.1 - balance);
    const share = (even * balance + uneven * (1 - balance)) * (1 + own) * (1 - origin) * 1.3;
    const name = ["complete", "partial", "volatile", "corrupting"][kind] ?? "";
    return { policy, volunteer, class: name, utilisation: share };
  });
}

/** Forty volunteers in columns of 45 minutes. */
function busy({ policy, balance }: Example) {
  const classes = load({ policy, origin: 0, median: 0, spread: 0, balance }).map(
    (row) => row.class,
  );
  const share = classes.flatMap((_, volunteer) =>
    Array.from({ length: 96 }, (_, column) => {
      const crowd = column < 44 ? 0.03 : Math.exp(-(column - 44) / 18);
      return crowd * (balance + (1 - balance) * Math.abs(Math.sin(volunteer * 1.7)));
    }),
  );
  return { policy, classes, width: 2700, share };
}

function interval(mean: number, halfWidth: number): Interval {
  return { mean, low: mean - halfWidth, high: mean + halfWidth };
}
