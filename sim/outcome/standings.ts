import { type MetricName, mainMetrics } from "../metrics/metric.ts";
import type { Ranking } from "./ranking.ts";
import type { CellSummary, Summary } from "./summary.ts";

/** How the cells stand by one of the main metrics: what an answer is made of. */
export interface Standing {
  readonly metric: MetricName;
  readonly ranking: Ranking;
  /** All that have the metric, the best mean first. */
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
  const { axes, cells, rankings, replications } = summary;
  if (replications < 2 || axes.some(({ levels }) => levels.length > 1)) return [];
  return mainMetrics(hasRequests(summary)).flatMap((metric) => {
    const ranking = rankings.find(({ metric: name }) => name === metric);
    if (ranking === undefined) return [];
    const sign = ranking.better === "lower" ? 1 : -1;
    const mean = (cell: CellSummary) => cell.metrics[metric]?.mean ?? Number.NaN;
    const others = cells
      .filter(({ label, metrics }) => label !== ranking.best && metrics[metric] !== null)
      .toSorted((a, b) => sign * (mean(a) - mean(b)));
    const best = cells.find(({ label }) => label === ranking.best);
    if (best === undefined) return [];
    const rivals = ranking.among.filter((label) => label !== ranking.best);
    const isTied = others.every((cell) => mean(cell) === mean(best));
    return [{ metric, ranking, ranked: [best, ...others], rivals, isTied }];
  });
}

export function hasRequests({ cells }: Pick<Summary, "cells">): boolean {
  return cells.some(({ metrics }) => metrics["requests.total"]?.mean !== 0);
}
