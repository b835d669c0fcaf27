import type { Cell } from "../experiment/config/cells.ts";
import type { Axis, Experiment } from "../experiment/config/experiment.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { type CellRuns, experimentFingerprint } from "../runner/cell-runs.ts";
import { baselineName, baselineOf } from "./baseline.ts";
import { intervalOf, valuesOf } from "./cell-values.ts";
import type { Note } from "./note.ts";
import { type Precision, precisionOf } from "./precision.ts";
import { type Ranking, rankings } from "./ranking.ts";
import { holm } from "./statistics/correction.ts";
import { type Interval, pairedDifference, pairedDifferences } from "./statistics/interval.ts";
import { meanIsZero } from "./statistics/t-test.ts";

/** The results of an experiment: every metric of every cell with its 95 % confidence interval. */
export interface Summary {
  readonly experiment: string;
  readonly fingerprint: string;
  /** What the others are compared with, or null: a cell's label, or what its baselines share. */
  readonly baseline: string | null;
  readonly axes: readonly Axis[];
  readonly cells: readonly CellSummary[];
  /** Runs of each cell. */
  readonly replications: number;
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
  readonly metrics: Readonly<Record<MetricName, Interval | null>>;
  /** Paired difference to the baseline by common random numbers; null without one. */
  readonly differences: Readonly<Record<MetricName, Interval | null>> | null;
  /**
   * The p-value of each difference (paired t test), adjusted by Holm's method for all cells that are
   * compared by that metric; null without a baseline.
   */
  readonly pHolm: Readonly<Record<MetricName, number | null>> | null;
}

export function summarise(experiment: Experiment, all: readonly CellRuns[]): Summary {
  const baselines = all.map(({ cell }) => baselineOf(experiment, all, cell));
  const adjusted = byMetric((name) => adjustedPs(all, baselines, name));
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
        metrics: byMetric((name) => intervalOf(mine, name)),
        differences:
          other === undefined
            ? null
            : byMetric((name) => pairedDifference(valuesOf(mine, name), valuesOf(other, name))),
        pHolm: other === undefined ? null : byMetric((name) => adjusted[name][at]),
      };
    }),
    replications: all[0]?.runs.length ?? 0,
    precision: precisionOf(experiment, all),
    rankings: rankings(all),
  };
}

/** For each cell the adjusted p-value of its difference in a metric; null where it has none. */
function adjustedPs(
  all: readonly CellRuns[],
  baselines: readonly (CellRuns | undefined)[],
  name: MetricName,
): (number | null)[] {
  const plain = all.map((mine, at) => {
    const other = baselines[at];
    if (other === undefined) return null;
    return meanIsZero(pairedDifferences(valuesOf(mine, name), valuesOf(other, name)));
  });
  const adjusted = holm(plain.filter((p) => p !== null));
  let next = 0;
  return plain.map((p) => (p === null ? null : adjusted[next++]));
}

/** The JSON of `sim run --json`: the form that other programs rely on. */
export function summaryJson(summary: Summary, notes: readonly Note[] = []): string {
  const { experiment, fingerprint, baseline, replications, cells, precision } = summary;
  const shown = {
    ...{ experiment, fingerprint, baseline, replications },
    ...(precision === null ? {} : { until: precision }),
    notes,
    cells: cells.map(({ policies, levels, metrics, differences, pHolm }) => ({
      policies,
      ...(Object.keys(levels).length === 0 ? {} : { levels }),
      metrics: shownMetrics(metrics),
      ...(differences === null ? {} : { differences: shownMetrics(differences, pHolm) }),
    })),
    rankings: summary.rankings.map(({ levels, ...ranking }) => ({
      ...ranking,
      ...(Object.keys(levels).length === 0 ? {} : { levels }),
    })),
  };
  return JSON.stringify(shown, null, 2);
}

function shownMetrics(
  metrics: Readonly<Record<MetricName, Interval | null>>,
  pHolm: CellSummary["pHolm"] = null,
) {
  const none = { mean: null, low: null, high: null };
  return Object.fromEntries(
    METRICS.map(({ name, unit }) => {
      const p = pHolm === null ? {} : { pHolm: pHolm[name] };
      return [name, { ...(metrics[name] ?? none), ...p, unit }];
    }),
  );
}

function byMetric<Value>(value: (name: MetricName) => Value): Record<MetricName, Value> {
  return Object.fromEntries(METRICS.map(({ name }) => [name, value(name)])) as Record<
    MetricName,
    Value
  >;
}
