import { max, min } from "d3-array";
import { levelLabel } from "../../experiment/level-label.ts";
import { formatInterval, formatMean, scaleOf } from "../format.ts";
import { headlineMetrics } from "../headline.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { MetricRow, ReportAxis, ReportData, VariedCell } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { headingOf, panelLayout } from "./panels.ts";
import {
  FAINT,
  policyColour,
  policyDash,
  policyFilter,
  policyShape,
  SHOWN,
} from "./policy-encoding.ts";
import { drawn } from "./rows.ts";

const MOST_METRICS = 6;

/** Plots in one figure: more would take the page for themselves. */
const MOST_PANELS = 16;
const MOST_COLUMNS = 4;

/** Ratio of the largest to the smallest value from which an axis is logarithmic. */
const LOGARITHMIC_FROM = 30;

/** What each axis of numbers does to a few metrics: a line for each policy. */
export function alongAxisCharts(data: ReportData, series: readonly PolicyStyle[]): Chart[] {
  const { axes, cells } = data.variation ?? { axes: [], cells: [] };
  return axes.flatMap((axis, at) => {
    const { numbers } = axis;
    return numbers === null ? [] : (alongAxis(data, { ...axis, numbers, at }, cells, series) ?? []);
  });
}

interface NumberAxis extends ReportAxis {
  readonly numbers: readonly number[];
  /** Its place among the axes. */
  readonly at: number;
}

function alongAxis(
  { metrics, variation }: ReportData,
  axis: NumberAxis,
  cells: readonly VariedCell[],
  series: readonly PolicyStyle[],
): Chart | null {
  const others = (variation?.axes ?? []).map(({ name }) => name);
  const placeOf = ({ levels }: VariedCell) =>
    others
      .flatMap((name, at) => (at === axis.at ? [] : [levelLabel(name, levels[at] ?? "")]))
      .join(", ");
  const all = [...new Set(cells.map(placeOf))];
  const places = all.slice(0, MOST_PANELS);
  const shown = headlineMetrics(metrics, Math.floor(MOST_PANELS / places.length));
  const told = shown.slice(0, MOST_METRICS);
  if (told.length === 0) return null;

  const points = told.flatMap((metric) => pointsOf(metric, axis, cells, placeOf));
  const panels = told.flatMap((metric) =>
    places.map((place) => panel({ metric, place, axis, points, series })),
  );
  const left = all.length - places.length;
  return {
    id: `along-${axis.at + 1}`,
    title: `What changes with ${axis.name}`,
    caption:
      `${told.map(({ name, summary }) => `${name}: ${summary}`).join("; ")}. Over ${axis.name}, with ` +
      `95 % intervals${isLogarithmic(axis) ? "; the axis is logarithmic" : ""}.` +
      (left > 0
        ? ` The first ${places.length} of ${all.length} combinations of other levels.`
        : ""),
    isLabelled: series.length === 1,
    columns: places.length > 1 ? Math.min(places.length, MOST_COLUMNS) : 2,
    isAcrossLevels: true,
    file: "replications.csv",
    spec: {
      description: `Line charts over ${axis.name}. ${told.map((metric) => extremes(metric, cells)).join(" ")}`,
      data: { values: points.map(({ value: _, ...row }) => row) },
      params: policyFilter(series),
      concat: panels,
      ...panelLayout(places),
      resolve: {
        legend: { color: "shared", strokeDash: "shared", shape: "shared" },
        scale: { color: "shared", strokeDash: "shared", shape: "shared" },
      },
    },
  };
}

type Point = ReturnType<typeof pointsOf>[number];

/** A metric's value at each level of the axis, in the scale of its largest. */
function pointsOf(
  metric: MetricRow,
  axis: NumberAxis,
  cells: readonly VariedCell[],
  placeOf: (cell: VariedCell) => string,
) {
  const scale = scaleOf(max(metric.values, ({ mean }) => Math.abs(mean)) ?? 0, metric.unit);
  return cells.flatMap((cell) => {
    const value = metric.values.find(({ policy }) => policy === cell.label);
    if (value === undefined) return [];
    const level = cell.levels[axis.at] ?? "";
    const { mean, low, high } = value;
    const scaled = drawn({
      mean: mean / scale.divisor,
      low: low / scale.divisor,
      high: high / scale.divisor,
    });
    return [
      {
        ...{ policy: cell.policy, metric: metric.name, place: placeOf(cell), level, ...scaled },
        x: axis.numbers[axis.levels.indexOf(level)] ?? 0,
        text: formatInterval(value, metric.unit),
        value,
      },
    ];
  });
}

function panel(given: {
  readonly metric: MetricRow;
  readonly place: string;
  readonly axis: NumberAxis;
  readonly points: readonly Point[];
  readonly series: readonly PolicyStyle[];
}) {
  const { metric, place, axis, points, series } = given;
  const own = points.filter((point) => point.metric === metric.name);
  const { suffix } = scaleOf(max(metric.values, ({ mean }) => Math.abs(mean)) ?? 0, metric.unit);
  const heading = suffix === "" ? metric.name : `${metric.name} (${suffix})`;
  const y = {
    type: "quantitative" as const,
    title: heading,
    scale: { domain: domainOf(own), nice: true },
    axis: { tickCount: 4 },
  };
  const color = policyColour(series);
  return {
    width: "container" as const,
    height: 150,
    ...(place === "" ? {} : { title: headingOf(place) }),
    transform: [{ filter: { and: [equal("metric", metric.name), equal("place", place)] } }],
    encoding: {
      x: {
        field: "x",
        type: "quantitative" as const,
        title: axis.name,
        scale: scaleAlong(axis),
        axis: levelTicks(axis),
      },
    },
    layer: [
      {
        transform: FAINT,
        mark: { type: "line" as const, strokeWidth: 1, style: "faint", aria: false },
        encoding: { y: { ...y, field: "mean" }, detail: { field: "policy" } },
      },
      {
        transform: SHOWN,
        mark: { type: "area" as const, aria: false, opacity: 1, fillOpacity: 0.15, clip: true },
        encoding: { y: { ...y, field: "low" }, y2: { field: "high" }, color },
      },
      {
        transform: SHOWN,
        mark: { type: "line" as const, strokeWidth: 1.8 },
        encoding: { y: { ...y, field: "mean" }, color, strokeDash: policyDash(series) },
      },
      {
        transform: SHOWN,
        mark: { type: "point" as const, filled: true, size: 45, opacity: 1 },
        encoding: {
          y: { ...y, field: "mean" },
          color,
          shape: policyShape(series),
          tooltip: [
            { field: "policy" },
            { field: "level", title: axis.name },
            { field: "text", title: metric.name },
            ...(place === "" ? [] : [{ field: "place", title: "at" }]),
          ],
        },
      },
    ],
  };
}

function equal(field: string, value: string) {
  return { field, equal: value };
}

/** Ticks at the levels, in their own words. */
function levelTicks({ levels, numbers }: NumberAxis) {
  const texts = Object.fromEntries(levels.map((level, at) => [numbers[at], level]));
  const ascending = [...numbers].sort((a, b) => a - b);
  return { values: ascending, labelExpr: `(${JSON.stringify(texts)})[datum.value]`, grid: false };
}

/** Padded, so that no point lies on the frame and no tick is lost to rounding at the end. */
function scaleAlong(axis: NumberAxis) {
  const domain = [min(axis.numbers) ?? 0, max(axis.numbers) ?? 1];
  const padded = { domain, nice: false, padding: 8 };
  return isLogarithmic(axis)
    ? { type: "log" as const, ...padded }
    : { type: "linear" as const, zero: false, ...padded };
}

function isLogarithmic({ numbers }: NumberAxis): boolean {
  const [least = 0, most = 0] = [min(numbers), max(numbers)];
  return least > 0 && most / least > LOGARITHMIC_FROM;
}

/**
 * The same for all panels of a metric, so that they compare. It starts at zero unless the values lie
 * close together, and wide intervals of few runs do not press the lines flat.
 */
function domainOf(points: readonly Point[]): [number, number] {
  const means = [
    min(points, ({ mean }) => mean) ?? 0,
    max(points, ({ mean }) => mean) ?? 0,
  ] as const;
  const reach = Math.max(Math.abs(means[0]), Math.abs(means[1]));
  const high = Math.min(max(points, (point) => point.high) ?? 0, means[1] + reach / 2);
  const low = Math.max(min(points, (point) => point.low) ?? 0, means[0] - reach / 2);
  const isPositive = means[0] >= 0;
  if (isPositive && low < 0.6 * high) return [0, high];
  return [isPositive ? Math.max(0, low) : low, high];
}

/** The sentence that a screen reader tells of a metric. */
function extremes({ name, unit, values }: MetricRow, cells: readonly VariedCell[]): string {
  const known = values.filter(({ policy }) => cells.some(({ label }) => label === policy));
  const sorted = known.toSorted((a, b) => a.mean - b.mean);
  const told = [sorted[0], sorted.at(-1)].map((value) =>
    value === undefined ? "" : `${formatMean(value, unit)} (${value.policy})`,
  );
  return `${name} lies between ${told.join(" and ")}.`;
}
