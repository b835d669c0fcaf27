import { differenceOf } from "../metrics/equality.ts";
import { type MetricName, mainMetrics } from "../metrics/metric.ts";
import { unitOf } from "./cell-values.ts";
import type { Ranking } from "./ranking.ts";
import { type CellSummary, type Summary, shownCells } from "./summary.ts";

/** How the cells stand by one of the main metrics: what an answer is made of. */
export interface Standing {
  readonly metric: MetricName;
  readonly ranking: Ranking;
  /** All that have the metric, the best first; of those that decided alike the one that stands for them. */
  readonly ranked: readonly [CellSummary, ...CellSummary[]];
  /** Labels of those that cannot be told apart from the best, without it. */
  readonly rivals: readonly string[];
  /** Whether all have the same mean, so that nobody is best. */
  readonly isTied: boolean;
}

/**
 * The standings by the main metrics, the most telling first: none where settings vary, since which
 * cell is best of all says little where the question itself differs from cell to cell, and none after
 * a single replication, which shows nothing of chance.
 */
export function standings(summary: Summary): Standing[] {
  const { axes, rankings, replications } = summary;
  const cells = shownCells(summary);
  if (replications < 2 || axes.some(({ levels }) => levels.length > 1)) return [];
  let first: string | null = null;
  return mainMetrics(hasRequests(summary)).flatMap((metric) => {
    const ranking = rankings.find(({ metric: name }) => name === metric);
    if (ranking === undefined) return [];
    const sign = ranking.better === "lower" ? 1 : -1;
    const mean = (cell: CellSummary) => cell.metrics[metric]?.mean ?? Number.NaN;
    const ranked = cells.find(({ label }) => label === ranking.best);
    if (ranked === undefined) return [];
    // Of several with the best value the one stands first that the answer has named already.
    const named = cells.find((cell) => cell.label === first && isEqual(cell, ranked, metric));
    const best = named ?? ranked;
    first ??= best.label;
    const others = cells
      .filter(({ label, metrics }) => label !== best.label && metrics[metric] !== null)
      .toSorted((a, b) => sign * (mean(a) - mean(b)));
    const rivals = ranking.among.filter((label) => label !== best.label);
    const isTied = others.every((cell) => isEqual(cell, best, metric));
    return [{ metric, ranking, ranked: [best, ...others], rivals, isTied }];
  });
}

/** Whether two have the same mean, but for what rounding does. */
export function isEqual(one: CellSummary, other: CellSummary, name: MetricName): boolean {
  const [a, b] = [one.metrics[name]?.mean, other.metrics[name]?.mean];
  return a !== undefined && b !== undefined && differenceOf(a, b, unitOf(name)) === 0;
}

export function hasRequests({ cells }: Pick<Summary, "cells">): boolean {
  return cells.some(({ metrics }) => metrics["requests.total"]?.mean !== 0);
}
