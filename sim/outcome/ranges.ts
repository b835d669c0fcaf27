import { differenceOf } from "../metrics/equality.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { formatShare, formatValue } from "../report/format.ts";
import { headlineNames } from "../report/headline.ts";
import { type CellSummary, type Summary, shownCells } from "./summary.ts";

const MOST_METRICS = 3;

/** Between what the main metrics lie, and at which cells; and how far from their baselines. */
export function ranges(summary: Summary): string {
  const hasRequests = summary.cells.some((cell) => cell.metrics["requests.total"]?.mean !== 0);
  const told = headlineNames(hasRequests)
    .map((name) => range(summary, name))
    .filter((sentence) => sentence !== null);
  const change = serverChange(summary);
  return [...(change === null ? [] : [change]), ...told.slice(0, MOST_METRICS)].join(" ");
}

/** Between what a metric lies; null where it is defined nowhere or the same everywhere. */
function range(summary: Summary, name: string): string | null {
  const metric = METRICS.find((each) => each.name === name);
  if (metric === undefined) return null;
  const ends = endsOf(shownCells(summary), (cell) => cell.metrics[metric.name]?.mean, metric.unit);
  if (ends === null) return null;
  const { unit, summary: text } = metric;
  const [low, high] = ends.map(({ cell, value }) => `${formatValue(value, unit)} (${cell.label})`);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}: ${low} to ${high}.`;
}

/** By how much the server sends more or less than under each cell's own baseline. */
function serverChange({ cells, baseline }: Summary): string | null {
  const name: MetricName = "server.bytes";
  const ends = endsOf(cells, ({ differences, against }) => {
    const before = cells.find(({ label }) => label === against)?.metrics[name]?.mean;
    const change = differences?.[name]?.mean;
    return before === undefined || change === undefined ? undefined : change / before;
  });
  if (ends === null) return null;
  const [low, high] = ends.map(({ cell, value }) => {
    const sign = value > 0 ? "+" : "";
    return `${sign}${formatShare(value)} (${cell.label})`;
  });
  return `Against ${baseline}, all else alike, the server's bytes change by ${low} to ${high}.`;
}

/** The cells with the least and the most of a value. */
function endsOf(
  cells: readonly CellSummary[],
  valueIn: (cell: CellSummary) => number | undefined,
  unit = "",
) {
  const known = cells.flatMap((cell) => {
    const value = valueIn(cell);
    return value === undefined || !Number.isFinite(value) ? [] : [{ cell, value }];
  });
  const sorted = known.sort((a, b) => a.value - b.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  return differenceOf(most.value, least.value, unit) === 0 ? null : ([least, most] as const);
}
