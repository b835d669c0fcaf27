import type { Cell } from "../experiment/config/cells.ts";
import type { Axis, Experiment } from "../experiment/config/experiment.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import type { Estimate } from "../report/report-data.ts";
import { type CellRuns, experimentFingerprint } from "../runner/cell-runs.ts";
import { standIns } from "./alike.ts";
import { baselineName, baselineOf } from "./baseline.ts";
import { type Difference, type Differences, differencesToBaselines } from "./differences.ts";
import { estimateOf } from "./estimate.ts";
import type { Note } from "./note.ts";
import { type Precision, precisionOf } from "./precision.ts";
import { type Ranking, rankings } from "./ranking.ts";
import type { Interval } from "./statistics/interval.ts";

/** The results of an experiment: every metric of every cell with its 95 % confidence interval. */
export interface Summary {
  readonly experiment: string;
  readonly fingerprint: string;
  /** What the others are compared with, or null: a cell's label, or what its baselines share. */
  readonly baseline: string | null;
  readonly axes: readonly Axis[];
  /** Every cell, also those that decided alike. */
  readonly cells: readonly CellSummary[];
  /** Runs of each cell. */
  readonly replications: number;
  /** Seconds at which times stand that are longer, or never ended. */
  readonly horizon: number;
  /** How precise the metric of `until` has become; null without `until`. */
  readonly precision: Precision | null;
  /** Who is best by each of the main metrics, among cells at the same levels. */
  readonly rankings: readonly Ranking[];
}

export interface CellSummary {
  readonly label: string;
  /** The label without levels. */
  readonly policy: string;
  readonly policies: Cell["names"];
  /** The level of each axis, by its name. */
  readonly levels: Cell["levels"];
  /** Label of the cell that this one is compared with; null for that cell itself, or without one. */
  readonly against: string | null;
  /**
   * Labels of the cells at the same levels that decided alike in every run, this one's included. The
   * first stands for them all: it alone is shown, compared and ranked.
   */
  readonly alike: readonly string[];
  readonly metrics: Readonly<Record<MetricName, Estimate | null>>;
  /** Paired difference to the baseline by common random numbers; null without one. */
  readonly differences: Differences | null;
}

/** The cells that are shown: of those that decided alike the one that stands for them. */
export function shownCells({ cells }: Pick<Summary, "cells">): CellSummary[] {
  return cells.filter(({ label, alike }) => alike[0] === label);
}

export function summarise(experiment: Experiment, all: readonly CellRuns[]): Summary {
  const { horizon = Number.POSITIVE_INFINITY } = experiment.measure; // Older runs had none.
  const baselines = all.map(({ cell }) => baselineOf(experiment, all, cell));
  const compared = new Set(baselines);
  const standIn = standIns(all, (at) => compared.has(all[at]));
  const differences = differencesToBaselines(all, baselines, standIn);
  const alike = all.map((_, at) => {
    const others = all.flatMap(({ cell }, other) =>
      standIn[other] === standIn[at] && other !== standIn[at] ? [cell.label] : [],
    );
    return [all[standIn[at]].cell.label, ...others];
  });
  return {
    experiment: experiment.name,
    fingerprint: experimentFingerprint(all),
    baseline: baselineName(experiment, all),
    axes: experiment.vary?.axes ?? [],
    cells: all.map((mine, at) => {
      const { label, policy, names: policies, levels } = mine.cell;
      const other = baselines[at];
      return {
        ...{ label, policy, policies, levels, against: other?.cell.label ?? null },
        alike: alike[at],
        metrics: byMetric((name) => estimateOf(mine, name, horizon)),
        differences: differences[at],
      };
    }),
    replications: all[0]?.runs.length ?? 0,
    horizon,
    precision: precisionOf(experiment, all),
    rankings: rankings(all.filter((_, at) => standIn[at] === at)),
  };
}

/** The JSON of `sim run --json`: the form that other programs rely on. */
export function summaryJson(summary: Summary, notes: readonly Note[] = []): string {
  const { experiment, fingerprint, baseline, replications, cells, precision } = summary;
  const shown = {
    ...{ experiment, fingerprint, baseline, replications },
    ...(precision === null ? {} : { until: precision }),
    notes,
    cells: cells.map(({ label, policies, levels, alike, metrics, differences }) => ({
      label,
      policies,
      ...(Object.keys(levels).length === 0 ? {} : { levels }),
      ...(alike.length === 1 ? {} : { alike }),
      metrics: shownMetrics(metrics, NO_INTERVAL),
      ...(differences === null ? {} : { differences: shownMetrics(differences, NO_DIFFERENCE) }),
    })),
    rankings: summary.rankings.map(({ levels, ...ranking }) => ({
      ...ranking,
      ...(Object.keys(levels).length === 0 ? {} : { levels }),
    })),
  };
  return JSON.stringify(shown, null, 2);
}

const NO_INTERVAL = { mean: null, low: null, high: null };
const NO_DIFFERENCE = { ...NO_INTERVAL, level: null, pHolm: null };

function shownMetrics(
  metrics: Readonly<Record<MetricName, Interval | Difference | null>>,
  none: object,
) {
  return Object.fromEntries(
    METRICS.map(({ name, unit }) => [name, { ...(metrics[name] ?? none), unit }]),
  );
}

function byMetric<Value>(value: (name: MetricName) => Value): Record<MetricName, Value> {
  return Object.fromEntries(METRICS.map(({ name }) => [name, value(name)])) as Record<
    MetricName,
    Value
  >;
}
