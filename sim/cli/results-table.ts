import { type Metric, type MetricName, metricNamed } from "../metrics/metric.ts";
import type { CellSummary, Summary } from "../outcome/summary.ts";
import { compare } from "../report/comparison.ts";
import { formatTime, intervalTexts } from "../report/format.ts";
import { aligned } from "./aligned.ts";

/** Metrics for a terminal, the most telling first; the report has them all. */
const SHOWN: readonly MetricName[] = [
  "server.bytes",
  "visit.mean",
  "visit.p95",
  "visit.incomplete",
  "volunteers.jain",
  "server.share",
  "sync.hours",
  "delay.gap",
  "requests.wrongAccepted",
];

/** The same where nobody downloads and volunteers only synchronise. */
const SHOWN_WITHOUT_REQUESTS: readonly MetricName[] = [
  "sync.serverBytes",
  "sync.peerBytes",
  "sync.wireBytes",
  "sync.hours",
  "sync.maxHours",
  "sync.minHours",
  "sync.age",
  "sync.lastAge",
];

/** The metrics that a terminal shows. */
export function shownMetrics(hasRequests: boolean): ShownMetric[] {
  const shown = hasRequests ? SHOWN : SHOWN_WITHOUT_REQUESTS;
  return shown.map((name) => ({ ...metricNamed(name), name }));
}

type ShownMetric = Metric & { readonly name: MetricName };

/**
 * The main results as aligned columns: a row a cell, led by its levels, and a mark where it differs
 * surely. Only as many metrics as stand in lines of `width` characters, one at least.
 */
export function resultsTable(summary: Summary, width = Number.POSITIVE_INFINITY): string {
  const hasRequests = summary.cells.some((cell) => cell.metrics["requests.total"]?.mean !== 0);
  const metrics = shownMetrics(hasRequests);
  const axes = summary.axes.map(({ name }) => name);
  const headsOf = (cell: CellSummary) => [...axes.map((axis) => cell.levels[axis]), cell.policy];
  const table = (shown: readonly ShownMetric[]) =>
    aligned([
      [...axes, "policies", ...shown.map(({ name }) => name)],
      ...summary.cells.map((cell) => [
        ...headsOf(cell),
        ...shown.map((metric) => entry(cell, metric)),
      ]),
    ]);
  let count = metrics.length;
  while (count > 1 && widthOf(table(metrics.slice(0, count))) > width) count--;
  const [shown, others] = [metrics.slice(0, count), metrics.slice(count)];
  const names = others.map(({ name }) => name).join(", ");
  const left = others.length === 0 ? [] : [`for which there was no room: ${names}`];
  return [table(shown), "", [legend(summary, shown), ...left].join("\n")].join("\n");
}

function widthOf(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}

/** How to read the table. */
function legend({ baseline, cells, horizon }: Summary, shown: readonly ShownMetric[]): string {
  const marks =
    baseline === null
      ? []
      : [
          `+ better, - worse than ${baseline}, where the paired difference is sure ` +
            "(t test, Holm's adjusted p below 0.05)",
        ];
  const end = formatTime(horizon);
  const restricted = shown.filter((metric) => metric.horizon === "mean").map(({ name }) => name);
  const isCensored = shown.some(({ name }) => cells.some((cell) => cell.metrics[name]?.isAtLeast));
  return [
    "mean ± half of the 95 % interval",
    ...marks,
    ...(restricted.length === 0 ? [] : [`${restricted.join(", ")} restricted to ${end}`]),
    ...(isCensored ? [`> at least, since some runs reach ${end}`] : []),
  ].join("; ");
}

function entry(cell: CellSummary, { name, unit, better }: ShownMetric): string {
  const interval = cell.metrics[name];
  if (interval === null) return "–";
  const half = interval.isAtLeast ? 0 : (interval.high - interval.low) / 2;
  const { mean } = intervalTexts(interval, unit);
  const spread = Number.isFinite(half) && half > 0 ? ` ±${percent(half, interval.mean)}` : "";
  const difference = cell.differences?.[name];
  if (!difference) return mean + spread;
  const mark =
    { better: " +", worse: " -" }[compare(difference, better, cell.pHolm?.[name]) as string] ?? "";
  return mean + spread + mark;
}

function percent(half: number, mean: number): string {
  const percentage = (100 * half) / Math.abs(mean);
  return `${percentage.toFixed(percentage < 10 ? 1 : 0)}%`;
}
