import { METRICS, type MetricName } from "../metrics/metric.ts";
import { type Cell, choiceLabel } from "./config/cells.ts";
import { type Experiment, POLICY_FAMILIES, type PolicyFamily } from "./config/experiment.ts";
import { type CellRuns, experimentFingerprint } from "./run-experiment.ts";
import { type Interval, meanInterval, pairedDifference } from "./statistics/interval.ts";

/** The results of an experiment: every metric of every cell with its 95 % confidence interval. */
export interface Summary {
  readonly experiment: string;
  readonly fingerprint: string;
  /** Label of the cell that the others are compared with, or null. */
  readonly baseline: string | null;
  readonly cells: readonly CellSummary[];
}

export interface CellSummary {
  readonly label: string;
  readonly policies: Readonly<Record<PolicyFamily | "synchronisation", string>>;
  readonly metrics: Readonly<Record<MetricName, Interval | null>>;
  /** Paired difference to the baseline by common random numbers; null without one. */
  readonly differences: Readonly<Record<MetricName, Interval | null>> | null;
}

export function summarise(experiment: Experiment, all: readonly CellRuns[]): Summary {
  return {
    experiment: experiment.name,
    fingerprint: experimentFingerprint(all),
    baseline: baselineOf(experiment, all)?.label ?? null,
    cells: all.map(({ cell, runs }) => {
      const baseline = runsOfBaseline(experiment, all, cell);
      const isCompared = baseline !== undefined && baseline !== runs;
      const values = (of: CellRuns["runs"], name: MetricName) => of.map((run) => run.metrics[name]);
      return {
        label: cell.label,
        policies: {
          ...byFamily((family) => choiceLabel(cell[family], experiment.policies[family])),
          synchronisation: cell.synchronisation,
        },
        metrics: byMetric((name) => {
          const defined = values(runs, name).filter((value) => value !== null);
          return defined.length < runs.length ? null : meanInterval(defined);
        }),
        differences: isCompared
          ? byMetric((name) => pairedDifference(values(runs, name), values(baseline, name)))
          : null,
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
    cells: cells.map(({ policies, metrics, differences }) => ({
      policies,
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

function byFamily(label: (family: PolicyFamily) => string) {
  return Object.fromEntries(POLICY_FAMILIES.map((family) => [family, label(family)])) as Record<
    PolicyFamily,
    string
  >;
}

function byMetric<Value>(value: (name: MetricName) => Value): Record<MetricName, Value> {
  return Object.fromEntries(METRICS.map(({ name }) => [name, value(name)])) as Record<
    MetricName,
    Value
  >;
}

/** The baseline's cell that is like `cell` in all that is not compared. */
function runsOfBaseline(
  { compare }: Experiment,
  all: readonly CellRuns[],
  cell: Cell,
): CellRuns["runs"] | undefined {
  if (compare === null) return undefined;
  return all.find(
    ({ cell: other }) =>
      other.dispatch.name === (compare.dispatch ?? cell.dispatch.name) &&
      other.synchronisation === (compare.synchronisation ?? cell.synchronisation) &&
      POLICY_FAMILIES.every((family) => family === "dispatch" || other[family] === cell[family]),
  )?.runs;
}

function baselineOf({ compare }: Experiment, all: readonly CellRuns[]): Cell | undefined {
  if (compare === null) return undefined;
  return all.find(
    ({ cell }) =>
      cell.dispatch.name === (compare.dispatch ?? cell.dispatch.name) &&
      cell.synchronisation === (compare.synchronisation ?? cell.synchronisation),
  )?.cell;
}
