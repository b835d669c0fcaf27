import { max, min } from "d3-array";
import { levelLabel } from "../../experiment/level-label.ts";
import { formatInterval, formatMean } from "../format.ts";
import { headlineMetrics } from "../headline.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { MetricRow, ReportAxis, ReportData, VariedCell } from "../report-data.ts";
import type { Chart, ChoiceOption } from "./chart.ts";
import { DRAWN, policyFilter } from "./policy-encoding.ts";
import { rounded } from "./rows.ts";

/** Rows that a reader can take in. */
const MOST_ROWS = 60;
const ROW_HEIGHT = 24;

/** Names of rows take a part of a narrow screen; a file has no screen, and room for all. */
const LABEL_LIMIT = "containerSize()[0] > 0 ? clamp(containerSize()[0] * 0.4, 110, 330) : 330";

/** Ratio of the largest to the smallest mean from which shades follow the logarithm. */
const LOGARITHMIC_FROM = 30;

/** Shade from which text stands out only in the other colour; of both themes' ramps. */
const STRONG_FROM = 0.63;

/**
 * Every metric by policy and level: a row for each policy at other levels, a column for each level of
 * the axis that has most, one metric at a time.
 */
export function levelsChart(data: ReportData, series: readonly PolicyStyle[]): Chart | null {
  const { axes, cells } = data.variation ?? { axes: [], cells: [] };
  const at = axes.reduce(
    (most, { levels }, i) => (levels.length > (axes[most]?.levels.length ?? 0) ? i : most),
    0,
  );
  const axis = axes[at];
  if (axis === undefined) return null;
  const all = [...new Set(cells.map((cell) => rowName(cell, axes, at)))];
  const names = new Set(all.slice(0, MOST_ROWS));
  const metrics = inOrder(data.metrics);
  const [first] = metrics;
  if (first === undefined) return null;
  const grid = { axes, at, cells, names };
  const options = metrics.map((metric): ChoiceOption => {
    return { name: heading(metric), data: rowsOf(metric, grid) };
  });
  const text = { type: "text" as const, aria: false, fontSize: 11 };
  const x = {
    field: "level",
    type: "nominal" as const,
    title: axis.name,
    sort: [...axis.levels],
    axis: { labelAngle: 0, orient: "top" as const, labelLimit: 110, grid: false, ticks: false },
  };
  const y = {
    field: "row",
    type: "nominal" as const,
    title: null,
    sort: [...names],
    axis: { labelLimit: { expr: LABEL_LIMIT }, ticks: false, grid: false },
  };
  return {
    id: "levels",
    title: `Policies by level: ${axis.name}`,
    caption:
      "Means over the replications, of the metric chosen above. The stronger its colour, the better " +
      "a value among all of its metric; of metrics without a better end, the higher." +
      (all.length > names.size ? ` The first ${names.size} of ${all.length} rows.` : ""),
    isLabelled: true,
    isAcrossLevels: true,
    isWide: true,
    file: "replications.csv",
    choice: { label: "Metric", options },
    spec: {
      width: "container",
      height: { step: ROW_HEIGHT },
      autosize: { type: "fit-x", contains: "padding" },
      description: `Heat map of policies by ${axis.name}, a metric at a time. ${metrics.slice(0, 4).map(extremes).join(" ")}`,
      data: { values: rowsOf(first, grid) },
      params: policyFilter(series),
      transform: DRAWN,
      encoding: { x, y },
      layer: [
        {
          mark: { type: "rect", cornerRadius: 2 },
          encoding: {
            color: {
              field: "shade",
              type: "quantitative",
              scale: { domain: [0, 1], range: "ramp" },
              legend: null,
            },
            tooltip: [
              { field: "row", title: "policy" },
              { field: "level", title: axis.name },
              { field: "metric" },
              { field: "interval", title: "mean (95 % interval)" },
            ],
          },
        },
        {
          transform: [{ filter: `datum.shade < ${STRONG_FROM}` }],
          mark: { ...text, style: "on-weak" },
          encoding: { text: { field: "text" } },
        },
        {
          transform: [{ filter: `datum.shade >= ${STRONG_FROM}` }],
          mark: { ...text, style: "on-strong" },
          encoding: { text: { field: "text" } },
        },
      ],
    },
  };
}

/** The telling metrics first, then the others; those that are everywhere alike say nothing here. */
function inOrder(metrics: readonly MetricRow[]): MetricRow[] {
  const telling = headlineMetrics(metrics, Number.POSITIVE_INFINITY);
  const differs = ({ values }: MetricRow) => new Set(values.map(({ mean }) => mean)).size > 1;
  return [...telling, ...metrics.filter((each) => differs(each) && !telling.includes(each))];
}

function heading({ name, summary, better }: MetricRow): string {
  return `${name}: ${summary}${better === "none" ? "" : `; ${better} is better`}`;
}

/** What a row is: a policy, and the levels of all axes but that of the columns. */
function rowName(
  { policy, levels }: VariedCell,
  axes: readonly ReportAxis[],
  columns: number,
): string {
  const others = axes.flatMap(({ name }, i) =>
    i === columns ? [] : [levelLabel(name, levels[i] ?? "")],
  );
  return [policy, ...others].join(" · ");
}

function rowsOf(
  metric: MetricRow,
  grid: {
    readonly axes: readonly ReportAxis[];
    readonly at: number;
    readonly cells: readonly VariedCell[];
    readonly names: ReadonlySet<string>;
  },
) {
  const { axes, at, cells, names } = grid;
  const shade = shadeOf(metric);
  const values = new Map(metric.values.map((value) => [value.policy, value]));
  return cells.flatMap((cell) => {
    const row = rowName(cell, axes, at);
    const value = values.get(cell.label);
    if (value === undefined || !names.has(row)) return [];
    return [
      {
        ...{ policy: cell.policy, row, level: cell.levels[at] ?? "", metric: metric.name },
        ...{ mean: rounded(value.mean), unit: metric.unit, shade: shade(value.mean) },
        ...{
          text: formatMean(value, metric.unit),
          interval: formatInterval(value, metric.unit),
        },
      },
    ];
  });
}

/** From 0 for the worst mean to 1 for the best; where neither end is better, for the highest. */
function shadeOf({ values, better }: MetricRow): (mean: number) => number {
  const [least = 0, most = 0] = [min(values, ({ mean }) => mean), max(values, ({ mean }) => mean)];
  const isWide = least > 0 && most / least > LOGARITHMIC_FROM;
  const scaled = (mean: number) => (isWide ? Math.log(mean) : mean);
  const range = scaled(most) - scaled(least);
  return (mean) => {
    const height = range === 0 ? 0 : (scaled(mean) - scaled(least)) / range;
    return Number((better === "lower" ? 1 - height : height).toFixed(2));
  };
}

/** The sentence that a screen reader tells of a metric. */
function extremes({ name, unit, values }: MetricRow): string {
  const sorted = values.toSorted((a, b) => a.mean - b.mean);
  const told = [sorted[0], sorted.at(-1)].map((value) =>
    value === undefined ? "" : `${formatMean(value, unit)} (${value.policy})`,
  );
  return `${name} lies between ${told.join(" and ")}.`;
}
