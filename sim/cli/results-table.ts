import { type Metric, type MetricName, metricNamed } from "../metrics/metric.ts";
import { namesListed } from "../outcome/names-listed.ts";
import { type CellSummary, type Summary, shownCells } from "../outcome/summary.ts";
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
  "visit.gap",
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
 * surely. Only as many metrics as stand in lines of `width` characters, one at least. Of cells that
 * decided alike one is shown, and below the table for whom it stands.
 */
export function resultsTable(summary: Summary, width = Number.POSITIVE_INFINITY): string {
  const hasRequests = summary.cells.some((cell) => cell.metrics["requests.total"]?.mean !== 0);
  const metrics = shownMetrics(hasRequests);
  const axes = summary.axes.map(({ name }) => name);
  const table = (shown: readonly ShownMetric[]) =>
    aligned([
      [...axes, "policies", ...shown.map(({ name }) => name)],
      ...shownCells(summary).map((cell) => [
        ...axes.map((axis) => cell.levels[axis]),
        cell.policy,
        ...shown.map((metric) => entry(cell, metric)),
      ]),
    ]);
  let count = metrics.length;
  while (count > 1 && widthOf(table(metrics.slice(0, count))) > width) count--;
  const [shown, others] = [metrics.slice(0, count), metrics.slice(count)];
  const names = others.map(({ name }) => name).join(", ");
  const left = others.length === 0 ? [] : [`for which there was no room: ${names}`];
  const below = [legend(summary, shown), ...left].join("\n");
  return [table(shown), ...alikeText(summary), below].join("\n\n");
}

function widthOf(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}

/** How to read the table. */
function legend(summary: Summary, shown: readonly ShownMetric[]): string {
  const { baseline, replications } = summary;
  const isCompared = baseline !== null && replications > 1;
  return [
    replications === 1
      ? "one run of each, which says nothing of chance"
      : "mean ± half of the 95 % interval",
    ...(isCompared
      ? [
          `+ better, - worse than ${baseline}, where the paired difference is sure (t test, ` +
            "Holm's method; the main metrics are one family, each other metric is one of its own)",
        ]
      : []),
    ...cutText(summary, shown),
  ].join("; ");
}

/** What the horizon does to the metrics that are shown. */
function cutText({ cells, horizon }: Summary, shown: readonly ShownMetric[]): string[] {
  if (!Number.isFinite(horizon)) return [];
  const end = formatTime(horizon);
  const restricted = shown.filter((metric) => metric.horizon === "mean").map(({ name }) => name);
  const isCensored = shown.some(({ name }) => cells.some((cell) => cell.metrics[name]?.isAtLeast));
  return [
    ...(restricted.length === 0 ? [] : [`${restricted.join(", ")} restricted to ${end}`]),
    ...(isCensored ? [`> at least, since some runs reach ${end}`] : []),
  ];
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

function entry(cell: CellSummary, { name, unit, better }: ShownMetric): string {
  const interval = cell.metrics[name];
  if (interval === null) return "–";
  const half = interval.isAtLeast ? 0 : (interval.high - interval.low) / 2;
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
