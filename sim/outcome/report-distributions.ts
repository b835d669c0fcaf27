import { mean } from "d3-array";
import { SHARES } from "../metrics/recorder.ts";
import type { QuantileRow } from "../report/report-data.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import type { RunResult } from "../runner/replication.ts";

/** Runs that an older version stored have no visits; then they are left out. */
type StoredResult = Omit<RunResult, "visits"> & Partial<Pick<RunResult, "visits">>;

/** How long visits and requests take: quantile curves, averaged over the replications of each cell. */
export function reportDistributions(all: readonly CellRuns[], horizon: number) {
  const none = new Float64Array();
  return {
    visits: all.flatMap((cell) =>
      quantileCurve(cell, horizon, ({ visits = none }: StoredResult) => visits),
    ),
    delay: all.flatMap((cell) => quantileCurve(cell, horizon, ({ delays }) => delays)),
  };
}

function quantileCurve(
  { cell, runs }: CellRuns,
  horizon: number,
  quantilesOf: (run: RunResult) => Float64Array,
): QuantileRow[] {
  const curves = runs.map(quantilesOf).filter(({ length }) => length > 0);
  if (curves.length === 0) return [];
  return SHARES.map((share, at) => ({
    policy: cell.label,
    share,
    seconds: mean(curves, (curve) => curve[at]) ?? 0,
    ...(curves.some((curve) => curve[at] >= horizon) ? { isAtLeast: true } : {}),
  }));
}
