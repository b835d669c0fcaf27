import { differenceOf } from "../metrics/equality.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { formatMean, formatShare } from "../report/format.ts";
import { headlineNames } from "../report/headline.ts";
import { hasRequests } from "./standings.ts";
import { type CellSummary, type Summary, shownCells } from "./summary.ts";

const MOST_METRICS = 3;

/** Between what the main metrics lie, and at which cells; and how far from their baselines. */
export function ranges(summary: Summary): string {
  return told(summary)
    .map(({ sentence }) => sentence)
    .join(" ");
}

/** Labels of the cells that `ranges` names. */
export function rangeEnds(summary: Summary): string[] {
  return [...new Set(told(summary).flatMap(({ ends }) => ends.map(({ cell }) => cell.label)))];
}

interface Range {
  readonly sentence: string;
  readonly ends: Ends;
}

function told(summary: Summary): Range[] {
  const metrics = headlineNames(hasRequests(summary)).map((name) => range(summary, name));
  const known = metrics.filter((each) => each !== null).slice(0, MOST_METRICS);
  const change = serverChange(summary);
  return [...(change === null ? [] : [change]), ...known];
}

/** Between what a metric lies; null where it is defined nowhere or the same everywhere. */
function range(summary: Summary, name: string): Range | null {
  const metric = METRICS.find((each) => each.name === name);
  if (metric === undefined) return null;
  const ends = endsOf(shownCells(summary), (cell) => cell.metrics[metric.name]?.mean, metric.unit);
  if (ends === null) return null;
  const { unit, summary: text } = metric;
  const [low, high] = ends.map(({ cell, value: mean }) => {
    return `${formatMean({ ...cell.metrics[metric.name], mean }, unit)} (${cell.label})`;
  });
  const head = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return { sentence: `${head}: ${low} to ${high}.`, ends };
}

/** By how much the server sends more or less than under each cell's own baseline. */
function serverChange(summary: Summary): Range | null {
  const { cells, baseline } = summary;
  const name: MetricName = "server.bytes";
  const ends = endsOf(shownCells(summary), ({ differences, against }) => {
    const before = cells.find(({ label }) => label === against)?.metrics[name]?.mean;
    const change = differences?.[name]?.mean;
    return before === undefined || change === undefined ? undefined : change / before;
  });
  if (ends === null) return null;
  const [low, high] = ends.map(({ cell, value }) => {
    const sign = value > 0 ? "+" : "";
    return `${sign}${formatShare(value)} (${cell.label})`;
  });
  const head = `Against ${baseline}, all else alike, the server's bytes change by`;
  return { sentence: `${head} ${low} to ${high}.`, ends };
}

type Ends = readonly { readonly cell: CellSummary; readonly value: number }[];

/** The cells with the least and the most of a value. */
function endsOf(
  cells: readonly CellSummary[],
  valueIn: (cell: CellSummary) => number | undefined,
  unit = "",
): Ends | null {
  const known = cells.flatMap((cell) => {
    const value = valueIn(cell);
    return value === undefined || !Number.isFinite(value) ? [] : [{ cell, value }];
  });
  const sorted = known.sort((a, b) => a.value - b.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  return differenceOf(most.value, least.value, unit) === 0 ? null : [least, most];
}
