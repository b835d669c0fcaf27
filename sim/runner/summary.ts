import { METRICS, type MetricName } from "../metrics/metric.ts";
import { levelLabel } from "../report/level-label.ts";
import type { Cell } from "./config/cells.ts";
import {
  type Axis,
  type CompareSpec,
  type Experiment,
  POLICY_FAMILIES,
} from "./config/experiment.ts";
import { type CellRuns, experimentFingerprint } from "./run-experiment.ts";
import { type Interval, meanInterval, pairedDifference } from "./statistics/interval.ts";

/** The results of an experiment: every metric of every cell with its 95 % confidence interval. */
export interface Summary {
  readonly experiment: string;
  readonly fingerprint: string;
  /** What the others are compared with, or null: a cell's label, or what its baselines share. */
  readonly baseline: string | null;
  readonly axes: readonly Axis[];
  readonly cells: readonly CellSummary[];
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
}

export function summarise(experiment: Experiment, all: readonly CellRuns[]): Summary {
  return {
    experiment: experiment.name,
    fingerprint: experimentFingerprint(all),
    baseline: baselineName(experiment, all),
    axes: experiment.vary?.axes ?? [],
    cells: all.map(({ cell, runs }) => {
      const { label, policy, names: policies, levels } = cell;
      const other = baselineOf(experiment, all, cell);
      const values = (of: CellRuns, name: MetricName) => of.runs.map((run) => run.metrics[name]);
      return {
        ...{ label, policy, policies, levels, against: other?.cell.label ?? null },
        metrics: byMetric((name) => {
          const defined = values({ cell, runs }, name).filter((value) => value !== null);
          return defined.length < runs.length ? null : meanInterval(defined);
        }),
        differences:
          other === undefined
            ? null
            : byMetric((name) =>
                pairedDifference(values({ cell, runs }, name), values(other, name)),
              ),
      };
    }),
  };
}

/** The JSON of `sim run --json`: the form that other programs rely on. */
export function summaryJson({ experiment, fingerprint, baseline, cells }: Summary): string {
  const shown = {
    experiment,
    fingerprint,
    baseline,
    cells: cells.map(({ policies, levels, metrics, differences }) => ({
      policies,
      ...(Object.keys(levels).length === 0 ? {} : { levels }),
      metrics: shownMetrics(metrics),
      ...(differences === null ? {} : { differences: shownMetrics(differences) }),
    })),
  };
  return JSON.stringify(shown, null, 2);
}

function shownMetrics(metrics: Readonly<Record<MetricName, Interval | null>>) {
  const none = { mean: null, low: null, high: null };
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

/** The baseline that is like `cell` in all that is not compared, if that is another cell. */
function baselineOf(
  { compare }: Experiment,
  all: readonly CellRuns[],
  cell: Cell,
): CellRuns | undefined {
  if (compare === null) return undefined;
  const found = all.find(
    ({ cell: other }) => isBaseline(compare, other) && isAlike(compare, other, cell),
  );
  return found?.cell === cell ? undefined : found;
}

/** Whether two cells differ in nothing but what is compared. */
function isAlike({ dispatch, synchronisation, levels = {} }: CompareSpec, a: Cell, b: Cell) {
  const axes = Object.keys(a.levels).filter((axis) => !Object.hasOwn(levels, axis));
  return (
    (dispatch !== null || a.names.dispatch === b.names.dispatch) &&
    (synchronisation !== null || a.synchronisation === b.synchronisation) &&
    POLICY_FAMILIES.every((of) => of === "dispatch" || a.names[of] === b.names[of]) &&
    axes.every((axis) => a.levels[axis] === b.levels[axis])
  );
}

/** Whether a cell is what others are compared with. */
function isBaseline({ dispatch, synchronisation, levels = {} }: CompareSpec, cell: Cell): boolean {
  return (
    cell.dispatch.name === (dispatch ?? cell.dispatch.name) &&
    cell.synchronisation === (synchronisation ?? cell.synchronisation) &&
    Object.entries(levels).every(([axis, level]) => cell.levels[axis] === level)
  );
}

function baselineName({ compare, vary }: Experiment, all: readonly CellRuns[]): string | null {
  if (compare === null) return null;
  const baselines = all.filter(({ cell }) => isBaseline(compare, cell));
  if (vary === undefined || baselines.length === 1) return baselines[0]?.cell.label ?? null;
  const { dispatch, synchronisation, levels = {} } = compare;
  const named = Object.entries(levels).map(([axis, level]) => levelLabel(axis, level));
  return [...named, dispatch, synchronisation].filter((part) => part !== null).join(" + ");
}
