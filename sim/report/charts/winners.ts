import { max } from "d3-array";
import { levelLabel } from "../../experiment/level-label.ts";
import { AS_GOOD } from "../../metrics/as-good.ts";
import { formatShare, formatValue } from "../format.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { ReportAxis, ReportData, WinnerRow } from "../report-data.ts";
import type { Chart } from "./chart.ts";
import { DRAWN, FAINT, policyColour, policyFilter, SHOWN } from "./policy-encoding.ts";

/** Rows that a reader can take in. */
const MOST_ROWS = 24;

/** Pixels of a row: its squares, the lines that name it above them, and the gap to the next. */
const SQUARE = 24;
const LINE = 14;
const GAP = 4;

/** Between the levels that name a row; each has a line of its own. */
const SEPARATOR = ", ";

/** Pixels between plots, and in which the text of a square can be read. */
const MARGIN = 26;
const LEAST_SQUARE = 38;

/** A paler square tells that others are as good. Text can be read on both, in either theme. */
const SOLE = 0.6;
const SHARED = 0.25;

/**
 * Who wins where: a plot for each of the main metrics in which anybody wins, with a column for each
 * level of the axis that has most and a row for each combination of the others.
 */
export function winnersChart(data: ReportData, series: readonly PolicyStyle[]): Chart | null {
  const { variation, winners = [] } = data;
  const told = winners.filter(({ metric }) =>
    winners.some((row) => row.metric === metric && row.worse.length > 0),
  );
  const [axis, ...others] = mostLevelsFirst(variation?.axes ?? []);
  if (axis === undefined || told.length === 0) return null;

  const nameOf = ({ levels }: WinnerRow) =>
    others.map(({ name }) => levelLabel(name, levels[name] ?? "")).join(SEPARATOR);
  const all = [...new Set(told.map(nameOf))];
  const names = all.slice(0, MOST_ROWS);
  const squares = told.map((row) => squareOf(row, axis, nameOf(row)));
  const metrics = [...new Set(told.map(({ metric }) => metric))];
  const summaryOf = (name: string) => data.metrics.find((each) => each.name === name)?.summary;
  return {
    id: "winners",
    title: "Who wins where",
    caption:
      `${metrics.map((name) => [name, summaryOf(name)].filter(Boolean).join(": ")).join("; ")}. ` +
      "A square has the colour of the best policy at its levels, and tells by how much it is ahead of " +
      `the next that is really worse. Pale, with =: others are as good, within ${100 * AS_GOOD.share} % ` +
      `(${AS_GOOD.ratio} of an index or a share) or what chance explains. Hollow: all are.` +
      (all.length > names.length ? ` The first ${names.length} of ${all.length} rows.` : ""),
    isLabelled: false,
    columns: metrics.length,
    plot: { margin: MARGIN, least: MARGIN + LEAST_SQUARE * axis.levels.length },
    isAcrossLevels: true,
    isWide: true,
    file: "replications.csv",
    spec: {
      description: `Grid of the best policies by ${axis.name}. ${metrics.map((name) => inWords(name, told)).join(" ")}`,
      data: { values: squares.filter(({ row }) => names.includes(row)) },
      params: policyFilter(series),
      concat: metrics.map((metric) => panel({ metric, axis, names, lines: others.length, series })),
      bounds: "flush",
      spacing: { column: MARGIN, row: 64 },
      resolve: {
        legend: { fill: "shared", stroke: "shared" },
        scale: { fill: "shared", stroke: "shared" },
      },
    } as Chart["spec"],
  };
}

/** The axes, that with the most levels before all others; of several the first. */
function mostLevelsFirst(axes: readonly ReportAxis[]): ReportAxis[] {
  const most = max(axes, ({ levels }) => levels.length);
  const first = axes.find(({ levels }) => levels.length === most);
  return axes.toSorted((a, b) => Number(b === first) - Number(a === first));
}

function squareOf(winner: WinnerRow, axis: ReportAxis, row: string) {
  const { metric, unit, levels, best, tied, worse } = winner;
  const [next] = worse;
  const told = ({ policy, mean }: WinnerRow["best"]) => `${policy} (${formatValue(mean, unit)})`;
  const kind = next === undefined ? "alike" : tied.length > 0 ? "shared" : "sole";
  return {
    ...{ policy: best.policy, metric, row },
    ...{ level: levels[axis.name] ?? "", kind },
    text: kind === "sole" ? shortGain(next?.gain ?? null) : "=",
    best: told(best),
    tied: tied.map(told).join(", ") || "none",
    next: next === undefined ? "none" : `${told(next)}${gainText(next.gain)}`,
  };
}

/** Whole percents, since squares are small. */
function shortGain(gain: number | null): string {
  if (gain === null) return "";
  const percents = Math.round(100 * gain);
  return `${percents < 0 ? "−" : "+"}${Math.abs(percents)} %`;
}

function gainText(gain: number | null): string {
  return gain === null ? "" : `, against which ${gain > 0 ? "+" : ""}${formatShare(gain)}`;
}

function panel(given: {
  readonly metric: string;
  readonly axis: ReportAxis;
  readonly names: readonly string[];
  /** That name a row. */
  readonly lines: number;
  readonly series: readonly PolicyStyle[];
}) {
  const { metric, axis, names, lines, series } = given;
  const step = SQUARE + LINE * lines + GAP;
  const square = {
    type: "rect" as const,
    height: SQUARE,
    yOffset: (LINE * lines) / 2,
    cornerRadius: 2,
  };
  const tooltip = [
    { field: "metric" },
    { field: "level", title: axis.name },
    ...(lines > 0 ? [{ field: "row", title: "at" }] : []),
    { field: "best" },
    { field: "tied", title: "as good" },
    { field: "next", title: "next that is worse" },
  ];
  // An outline too, since the legend of a file draws strokes.
  const colours = { fill: policyColour(series), stroke: policyColour(series) };
  const isAlike = { filter: "datum.kind === 'alike'" };
  const isWon = { filter: "datum.kind !== 'alike'" };
  const fillOpacity = {
    condition: { test: "datum.kind === 'sole'", value: SOLE },
    value: SHARED,
  };
  return {
    width: "container" as const,
    height: { step },
    title: metric,
    transform: [{ filter: { field: "metric", equal: metric } }],
    encoding: {
      x: {
        field: "level",
        type: "nominal" as const,
        title: axis.name,
        sort: [...axis.levels],
        scale: { domain: [...axis.levels], paddingInner: 0.06, paddingOuter: 0 },
        axis: { labelAngle: 0, grid: false, ticks: false, domain: false },
      },
      y: {
        field: "row",
        type: "nominal" as const,
        scale: { domain: [...names], padding: 0 },
        axis: null,
      },
    },
    layer: [
      {
        transform: [isAlike],
        mark: { ...square, style: "faint", filled: false },
        encoding: { tooltip },
      },
      {
        transform: [isWon, ...FAINT],
        mark: { ...square, style: "faint" },
        encoding: { tooltip, fillOpacity },
      },
      {
        transform: [isWon, ...SHOWN],
        mark: square,
        encoding: { tooltip, fillOpacity, ...colours },
      },
      {
        // A square that is hidden takes its text with it.
        transform: [{ filter: { or: [isAlike.filter, ...DRAWN.map(({ filter }) => filter)] } }],
        mark: { type: "text" as const, aria: false, fontSize: 11, yOffset: (LINE * lines) / 2 },
        encoding: { text: { field: "text" } },
      },
      {
        transform: [{ aggregate: [{ op: "count" as const, as: "squares" }], groupby: ["row"] }],
        mark: {
          ...{ type: "text" as const, aria: false, fontSize: 11, style: "quiet" },
          ...{ align: "left" as const, baseline: "top" as const, lineBreak: SEPARATOR },
          ...{ lineHeight: LINE, yOffset: GAP - step / 2 },
        },
        encoding: { x: { value: 0 }, text: { field: "row" } },
      },
    ],
  };
}

/** The sentence that a screen reader tells of a metric. */
function inWords(metric: string, winners: readonly WinnerRow[]): string {
  const rows = winners.filter((row) => row.metric === metric);
  const told = rows.map(({ levels, best, worse }) => {
    const at = Object.entries(levels).map(([axis, level]) => levelLabel(axis, level));
    return `${at.join(", ")}: ${worse.length === 0 ? "all alike" : best.policy}`;
  });
  return `${metric}: best at ${told.join("; ")}.`;
}
