import { max } from "d3-array";
import { formatTime, formatValue, scaleOf } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { CourseRow, ReportData } from "../report-data.ts";
import { timeTicks } from "./axis-labels.ts";
import type { Chart } from "./chart.ts";
import { crosshair } from "./crosshair.ts";
import { timeExpression } from "./expressions.ts";
import { FAINT, policyColour, policyDash, policyFilter, SHOWN } from "./policy-encoding.ts";
import { averaged, byPolicy, drawn, inWords } from "./rows.ts";

/** Rows of all policies together that the page holds at most; more are averaged. */
const MOST_ROWS = 8000;

/** What runs over time, and the words around it. */
interface Course {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly unit: string;
  /** What is drawn, as the start of a sentence, given the unit of the axis. */
  readonly what: (suffix: string) => string;
  /** Title of the axis where the unit has no name. */
  readonly axis: string;
  /** Between what the values lie, so that intervals are cut there. */
  readonly bounds: string;
  /** What the chart shows, as a screen reader tells it. */
  readonly description: string;
}

/** The rate of the server over time, a line with its interval for each policy. */
export function serverRateChart(
  { serverRate, ...data }: CourseData & Pick<ReportData, "serverRate">,
  styles: readonly PolicyStyle[],
): Chart | null {
  return courseChart(serverRate, data, styles, {
    id: "server-rate",
    title: "Server rate over time",
    file: "server-rate.csv",
    unit: "bytes/s",
    what: (suffix) => `Mean rate at which the server sends, in ${suffix}`,
    axis: "rate",
    bounds: "at 0 and at what its uplink carries, beyond which no mean can lie",
    description: "Line chart of the server's rate.",
  });
}

/** The requests that wait or are served, over time. */
export function backlogChart(
  { backlog, ...data }: CourseData & Pick<ReportData, "backlog">,
  styles: readonly PolicyStyle[],
): Chart | null {
  return courseChart(backlog, data, styles, {
    id: "backlog",
    title: "Backlog over time",
    file: "runs.jsonl",
    unit: "count",
    what: () => "Requests that were asked and have not ended, waiting or being served",
    axis: "requests",
    bounds: "at 0, below which no mean can lie",
    description: "Line chart of the requests that have not ended.",
  });
}

type CourseData = Pick<ReportData, "policies" | "moments">;

function courseChart(
  given: readonly CourseRow[],
  { policies, moments = [] }: CourseData,
  styles: readonly PolicyStyle[],
  { id, title, file, unit, what, axis, bounds, description }: Course,
): Chart | null {
  if (given.every(({ mean }) => mean === 0)) return null;
  const width = Math.ceil(given.length / MOST_ROWS);
  const thinned = byPolicy(given, policies).map(
    ([policy, rows]) => [policy, averaged(rows, width)] as const,
  );
  const all = thinned.flatMap(([, rows]) => rows);
  const end = max(given, ({ time }) => time) ?? 0;
  const scale = scaleOf(max(all, (row) => row.mean) ?? 0, unit);
  const scaled = (value: number) => value / scale.divisor;
  const values = thinned.flatMap(([policy, rows]) =>
    rows.map(({ time, mean, low, high }) => ({
      policy,
      time,
      ...drawn({ mean: scaled(mean), low: Math.max(0, scaled(low)), high: scaled(high) }),
    })),
  );
  const y = {
    type: "quantitative" as const,
    title: scale.suffix || axis,
    scale: { domain: [0, topOf(values)], nice: true },
  };
  const color = policyColour(styles);
  return {
    id,
    title,
    caption:
      `${what(scale.suffix)}, with 95 % intervals over the replications, cut ${bounds}. Time counts ` +
      `from the start of the simulation.${width > 1 ? ` Each point is the mean of ${width} bins.` : ""}` +
      markedText(moments),
    isLabelled: false,
    file,
    spec: {
      width: "container",
      height: 320,
      description: `${description} ${inWords(thinned, (each) => peak(each, unit))}`,
      data: { values },
      params: policyFilter(styles),
      encoding: {
        x: {
          field: "time",
          type: "quantitative",
          title: "time since start",
          axis: timeTicks(end),
          scale: { domain: [0, end], nice: false },
        },
      },
      layer: [
        ...marks(moments),
        {
          transform: FAINT,
          mark: { type: "line", strokeWidth: 1, style: "faint", aria: false },
          encoding: { y: { ...y, field: "mean" }, detail: { field: "policy" } },
        },
        {
          transform: SHOWN,
          mark: { ...BAND, clip: true },
          encoding: { y: { ...y, field: "low" }, y2: { field: "high" }, color },
        },
        {
          transform: SHOWN,
          mark: { type: "line", strokeWidth: 1.6 },
          encoding: { y: { ...y, field: "mean" }, color, strokeDash: policyDash(styles) },
        },
        crosshair(styles, {
          channel: "x",
          field: "time",
          value: "mean",
          place: { title: "time", text: timeExpression("datum.time") },
          text: (value) => `format(${value}, ',.3~r') + ' ${scale.suffix}'`,
        }),
      ],
    },
  };
}

/** A line across the chart at each of these times. */
function marks(moments: readonly number[]) {
  if (moments.length === 0) return [];
  const data = { values: moments.map((time) => ({ time })) };
  return [{ data, mark: { type: "rule" as const, strokeDash: [4, 3], clip: true, aria: false } }];
}

function markedText(moments: readonly number[]): string {
  if (moments.length === 0) return "";
  return ` Dashed lines: at ${moments.map(formatTime).join(", ")} something changes, as the setup tells.`;
}

const BAND = {
  type: "area" as const,
  aria: false,
  opacity: 1,
  fillOpacity: 0.18,
  strokeOpacity: 0,
};

/** End of the scale: wide intervals of few runs are cut, rather than that they press lines flat. */
function topOf(values: readonly { readonly mean: number; readonly high: number }[]): number {
  const most = max(values, ({ mean }) => mean) ?? 0;
  return Math.min(max(values, ({ high }) => high) ?? 0, 1.25 * most);
}

/** The sentence that a screen reader tells of a line. */
function peak(
  [policy, rows]: readonly [string, readonly { readonly time: number; readonly mean: number }[]],
  unit: string,
): string {
  const highest = rows.reduce((best, row) => (row.mean > best.mean ? row : best));
  return `${policy} peaks at ${formatValue(highest.mean, unit)} after ${formatTime(highest.time)}.`;
}
