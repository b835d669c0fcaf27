import { METRICS, type MetricName } from "../metrics/metric.ts";
import { namesListed } from "../outcome/names-listed.ts";
import { type CellSummary, type Summary, shownCells } from "../outcome/summary.ts";
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
 * surely. Of cells that decided alike one is shown, and below the table for whom it stands.
 */
export function resultsTable(summary: Summary): string {
  const hasRequests = summary.cells.some((cell) => cell.metrics["requests.total"]?.mean !== 0);
  const metrics = shownMetrics(hasRequests);
  const axes = summary.axes.map(({ name }) => name);
  const header = [...axes, "policies", ...metrics.map(({ name }) => name)];
  const rows = shownCells(summary).map((cell) => [
    ...axes.map((axis) => cell.levels[axis]),
    cell.policy,
    ...metrics.map((metric) => entry(cell, metric)),
  ]);
  return [aligned([header, ...rows]), ...alikeText(summary), legend(summary)].join("\n\n");
}

function legend({ baseline, replications }: Summary): string {
  if (replications === 1) return "one run of each, which says nothing of chance";
  const means = "mean ± half of the 95 % interval";
  if (baseline === null) return means;
  return (
    `${means}; + better, - worse than ${baseline}, where the paired difference is sure (t test, ` +
    "Holm's method; the main metrics are one family, each other metric is one of its own)"
  );
}

/** For whom cells stand, a line for each set of policies, wherever they decided alike. */
function alikeText(summary: Summary): string[] {
  const policyOf = new Map(summary.cells.map(({ label, policy }) => [label, policy]));
  const lines = shownCells(summary).flatMap(({ alike }) => {
    const [shown, ...others] = alike.map((label) => policyOf.get(label) ?? label);
    return others.length === 0 ? [] : [`${shown}: also ${namesListed(others)}`];
  });
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  if (counts.size === 0) return [];
  const variants = new Set(summary.cells.map(({ levels }) => JSON.stringify(levels))).size;
  const where = (count: number) =>
    count === variants ? "" : `, at ${count} of ${variants} combinations of levels`;
  const shown = [...counts].map(([line, count]) => line + where(count));
  return [["decided alike in every run, and counted once:", ...shown].join("\n")];
}

function entry(cell: CellSummary, { name, unit, better }: (typeof METRICS)[number]): string {
  const interval = cell.metrics[name];
  if (interval === null) return "–";
  const half = (interval.high - interval.low) / 2;
  const { mean } = intervalTexts(interval, unit);
  const spread = Number.isFinite(half) && half > 0 ? ` ±${percent(half, interval.mean)}` : "";
  const difference = cell.differences?.[name];
  if (!difference) return mean + spread;
  const mark = { better: " +", worse: " -" }[compare(difference, better) as string] ?? "";
  return mean + spread + mark;
}

function percent(half: number, mean: number): string {
  const percentage = (100 * half) / Math.abs(mean);
  return `${percentage.toFixed(percentage < 10 ? 1 : 0)}%`;
}
