import { METRICS, type MetricName } from "../metrics/metric.ts";
import type { CellSummary, Summary } from "../outcome/summary.ts";
import { compare } from "../report/comparison.ts";
import { intervalTexts } from "../report/format.ts";
import { aligned } from "./aligned.ts";

/** Metrics that fit a terminal; the report has them all. */
const SHOWN: readonly MetricName[] = [
  "server.bytes",
  "server.share",
  "delay.mean",
  "delay.p95",
  "delay.gap",
  "volunteers.jain",
  "sync.hours",
  "requests.failed",
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
export function shownMetrics(hasRequests: boolean): (typeof METRICS)[number][] {
  const shown = hasRequests ? SHOWN : SHOWN_WITHOUT_REQUESTS;
  return METRICS.filter(({ name }) => shown.includes(name));
}

/**
 * The main results as aligned columns: a row a cell, led by its levels, and a mark where it differs
 * surely.
 */
export function resultsTable(summary: Summary): string {
  const hasRequests = summary.cells.some((cell) => cell.metrics["requests.total"]?.mean !== 0);
  const metrics = shownMetrics(hasRequests);
  const axes = summary.axes.map(({ name }) => name);
  const header = [...axes, "policies", ...metrics.map(({ name }) => name)];
  const rows = summary.cells.map((cell) => [
    ...axes.map((axis) => cell.levels[axis]),
    cell.policy,
    ...metrics.map((metric) => entry(cell, metric)),
  ]);
  const legend =
    summary.baseline === null
      ? "mean ± half of the 95 % interval"
      : `mean ± half of the 95 % interval; + better, - worse than ${summary.baseline}, ` +
        "where the paired difference is sure (t test, Holm's adjusted p below 0.05)";
  return `${aligned([header, ...rows])}\n\n${legend}`;
}

function entry(cell: CellSummary, { name, unit, better }: (typeof METRICS)[number]): string {
  const interval = cell.metrics[name];
  if (interval === null) return "–";
  const half = (interval.high - interval.low) / 2;
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
