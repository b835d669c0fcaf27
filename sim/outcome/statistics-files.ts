import { csvFormatRows } from "d3-dsv";
import { streams } from "../engine/random.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { METRICS } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { baselineOf } from "./baseline.ts";
import { completeValues, differencesOf } from "./cell-values.ts";
import { pointwiseBand, simultaneousBand } from "./statistics/band.ts";
import {
  average,
  bcaInterval,
  expandedLevel,
  type Resamples,
  resamplesOf,
} from "./statistics/bootstrap.ts";
import { meanInterval } from "./statistics/interval.ts";
import { quantileInterval } from "./statistics/quantile-interval.ts";
import type { Summary } from "./summary.ts";

/** Replications for which bootstrap intervals are given: with fewer they are too narrow. */
const LEAST_RESAMPLED = 10;
/** And with more they are Student's. */
const MOST_RESAMPLED = 1000;

const RESAMPLES = 2000;

/** The confidence level of all but Student's intervals of differences. */
const LEVEL = 0.95;

const CHARTED_DIGITS = 6;

type Row = readonly (string | number)[];

/** What one row of `intervals.csv` tells after its cell, metric and unit. */
const INTERVALS = [
  ...["of", "against", "replications", "mean", "t_level", "t_low", "t_high"],
  ...["bca_low", "bca_high", "median", "median_low", "median_high"],
] as const;

const BANDS = [
  ...["time_s", "mean_bytes_per_s", "point_low", "point_high", "curve_low", "curve_high"],
  "curve_by",
] as const;

/**
 * Estimates to publish, by file name: 95 % intervals of every metric and of every paired difference
 * (Student's, bias-corrected and accelerated bootstrap, and of the median over the replications), and
 * the server's rate over time with the band of each point and that of the whole curve. Student's
 * interval of a difference has the level at which the `summary` decided it.
 */
export function statisticsFiles(
  experiment: Experiment,
  all: readonly CellRuns[],
  summary: Pick<Summary, "cells">,
) {
  const axes = (experiment.vary?.axes ?? []).map(({ name }) => name);
  const file = (columns: readonly string[], rows: (cell: CellRuns) => readonly Row[]) => {
    const header = [...axes, "policies", ...columns];
    const body = all.flatMap((each) => {
      const head = [...axes.map((axis) => each.cell.levels[axis]), each.cell.policy];
      return rows(each).map((row) => [...head, ...row]);
    });
    return `${csvFormatRows([header, ...body].map((row) => row.map(String)))}\n`;
  };
  const random = streams(experiment.seed);
  const replications = all[0]?.runs.length ?? 0;
  const isResampled = LEAST_RESAMPLED <= replications && replications <= MOST_RESAMPLED;
  const resamples = isResampled
    ? resamplesOf(replications, RESAMPLES, random("statistics, bootstrap"))
    : null;
  return new Map([
    [
      "intervals.csv",
      file(["metric", "unit", ...INTERVALS], intervals(experiment, all, summary, resamples)),
    ],
    [
      "server-rate-band.csv",
      file(BANDS, ({ cell, runs }) => {
        const curves = runs.map(({ serverRate }) => serverRate);
        return bands(curves, experiment.measure.bin, random(`statistics, band of ${cell.label}`));
      }),
    ],
  ]);
}

function intervals(
  experiment: Experiment,
  all: readonly CellRuns[],
  { cells }: Pick<Summary, "cells">,
  resamples: Resamples | null,
): (cell: CellRuns) => Row[] {
  const rowOf = (head: Row, values: readonly number[], level: number) => {
    const interval = estimates(values, level, resamples);
    return interval === null ? [] : [[...head, values.length, ...interval]];
  };
  return (cell) => {
    const baseline = baselineOf(experiment, all, cell.cell);
    const decided = cells.find(({ label }) => label === cell.cell.label)?.differences;
    return METRICS.flatMap(({ name, unit }) => {
      const means = rowOf([name, unit, "mean", ""], completeValues(cell, name), LEVEL);
      if (baseline === undefined) return means;
      const head = [name, unit, "difference", baseline.cell.label];
      const level = decided?.[name]?.level ?? LEVEL;
      return [...means, ...rowOf(head, differencesOf(cell, baseline, name), level)];
    });
  };
}

function estimates(
  values: readonly number[],
  level: number,
  resamples: Resamples | null,
): Row | null {
  const student = meanInterval(values, level);
  const median = quantileInterval(values, 0.5);
  if (student === null || median === null) return null;
  const bca =
    resamples?.observations === values.length
      ? bcaInterval(values, average, resamples, expandedLevel(values.length))
      : null;
  return [
    ...[student.mean, level, student.low, student.high].map(known),
    ...(bca === null ? ["", ""] : [known(bca.low), known(bca.high)]),
    ...[median.quantile, median.low, median.high].map(known),
  ];
}

function bands(
  curves: readonly Float64Array[],
  bin: number,
  random: ReturnType<ReturnType<typeof streams>>,
): Row[] {
  const point = pointwiseBand(curves);
  const curve = simultaneousBand(curves, random);
  return Array.from(point.mean, (mean, at) => {
    const ends = [point.low[at], point.high[at], curve.low[at], curve.high[at]];
    return [at * bin, ...[mean, ...ends].map(rounded), curve.by];
  });
}

/** To the digits that a chart can show. */
function rounded(value: number): number | string {
  return known(Number(value.toPrecision(CHARTED_DIGITS)));
}

/** An unbounded end is an empty field. */
function known(value: number): number | string {
  return Number.isFinite(value) ? value : "";
}
