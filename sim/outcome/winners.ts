import { isAsGood } from "../metrics/as-good.ts";
import type { MetricName } from "../metrics/metric.ts";
import type { WinnerRow } from "../report/report-data.ts";
import type { Ranking } from "./ranking.ts";
import type { CellSummary, Summary } from "./summary.ts";

/** As reports have it, where the metric is known to be one. */
export interface Winner extends WinnerRow {
  readonly metric: MetricName;
}

/**
 * Who wins where: by each main metric the best policy at each combination of levels, those that are as
 * good, be it by chance or as `AS_GOOD` says, and those that are really worse. Empty where no
 * settings vary, and of single runs.
 */
export function winners({ axes, cells, rankings }: Summary): Winner[] {
  const names = axes.filter(({ levels }) => levels.length > 1).map(({ name }) => name);
  if (names.length === 0) return [];
  return rankings.flatMap((ranking) => {
    const rivals = cells.filter(({ levels }) =>
      Object.entries(ranking.levels).every(([axis, level]) => levels[axis] === level),
    );
    const levels = Object.fromEntries(names.map((name) => [name, ranking.levels[name]]));
    return winner(ranking, rivals, levels);
  });
}

function winner(
  ranking: Ranking,
  cells: readonly CellSummary[],
  levels: WinnerRow["levels"],
): Winner[] {
  const { metric, unit, better } = ranking;
  const sign = better === "lower" ? 1 : -1;
  const ranked = cells
    .flatMap((cell) => {
      const mean = cell.metrics[metric]?.mean;
      return mean === undefined ? [] : [{ policy: cell.policy, mean, label: cell.label, cell }];
    })
    .sort((a, b) => sign * (a.mean - b.mean));
  const best = ranked.find(({ cell }) => cell.label === ranking.best);
  if (best === undefined) return [];
  const others = ranked.filter((each) => each !== best);
  // Of cells that decided alike one is ranked for all.
  const isTied = ({ mean, cell }: (typeof others)[number]) =>
    ranking.among.includes(cell.alike[0]) || isAsGood(mean, best.mean, unit);
  return [
    {
      ...{ metric, unit, better, levels },
      best: { policy: best.policy, mean: best.mean },
      tied: others.filter(isTied).map(({ policy, mean }) => ({ policy, mean })),
      worse: others
        .filter((each) => !isTied(each))
        .map(({ policy, mean }) => ({ policy, mean, gain: gainOver(mean, best.mean) })),
    },
  ];
}

/** By how much the best differs from another, as a share of the other's mean; null of none. */
function gainOver(mean: number, best: number): number | null {
  const gain = (best - mean) / Math.abs(mean);
  return Number.isFinite(gain) ? gain : null;
}

/** Whether a policy is the best in a row, or as good. */
export function isBestOrTied({ best, tied }: WinnerRow, policy: string): boolean {
  return best.policy === policy || tied.some((other) => other.policy === policy);
}
