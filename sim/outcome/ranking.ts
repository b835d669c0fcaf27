import type { Cell } from "../experiment/config/cells.ts";
import { METRICS, type MetricName, mainMetrics } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { completeValues, hasRequests } from "./cell-values.ts";
import { leastMean } from "./statistics/best.ts";

/** Which of the cells at the same levels is best by a metric, and how surely. */
export interface Ranking {
  readonly metric: MetricName;
  readonly unit: string;
  readonly better: "lower" | "higher";
  /** The level of each axis, which the cells have in common. */
  readonly levels: Cell["levels"];
  /** Label of the cell with the best mean. */
  readonly best: string;
  /**
   * The most by which its true mean may fall short of the truly best one's, in the metric's unit.
   */
  readonly within: number;
  /** Labels of the cells that cannot be told apart from the truly best, the best mean first. */
  readonly among: readonly string[];
  /** With this probability or more, both of these hold at once. */
  readonly probability: number;
}

const PROBABILITY = 0.95;

/**
 * Ranks the cells at each combination of levels by the main metrics, where two or more have the
 * metric in every run. Each ranking has its own probability. Single runs are not ranked: they say
 * nothing of chance. Of cells that decided alike one is to be given.
 */
export function rankings(all: readonly CellRuns[]): Ranking[] {
  if (all.every(({ runs }) => runs.length < 2)) return [];
  const names = mainMetrics(hasRequests(all));
  return groups(all).flatMap((group) => names.flatMap((name) => ranking(group, name)));
}

function groups(all: readonly CellRuns[]): CellRuns[][] {
  const found = new Map<number, CellRuns[]>();
  for (const each of all) {
    const group = found.get(each.cell.variant);
    if (group === undefined) found.set(each.cell.variant, [each]);
    else group.push(each);
  }
  return [...found.values()];
}

function ranking(group: readonly CellRuns[], name: MetricName): Ranking[] {
  const metric = METRICS.find((each) => each.name === name);
  if (metric === undefined || metric.better === "none") return [];
  const sign = metric.better === "lower" ? 1 : -1;
  const ranked = group.flatMap((each) => {
    const values = completeValues(each, name).map((value) => sign * value);
    return values.length === 0 ? [] : [{ cell: each.cell, values }];
  });
  if (ranked.length < 2) return [];
  const { best, among, regrets, means } = leastMean(
    ranked.map(({ values }) => values),
    PROBABILITY,
    metric.unit,
  );
  const labelOf = (at: number) => ranked[at].cell.label;
  const others = among.filter((at) => at !== best);
  return [
    {
      ...{ metric: name, unit: metric.unit, better: metric.better },
      levels: ranked[best].cell.levels,
      best: labelOf(best),
      within: regrets[best],
      among: [best, ...others.toSorted((a, b) => means[a] - means[b])].map(labelOf),
      probability: PROBABILITY,
    },
  ];
}
