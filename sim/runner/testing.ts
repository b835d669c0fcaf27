import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { minimal, parse } from "../experiment/config/testing.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import type { CellRuns } from "./cell-runs.ts";
import type { RunResult } from "./replication.ts";

/** The minimal experiment with two policies, at two report intervals and two numbers of volunteers. */
export function variedExperiment(compare: string, vary = VARY): Experiment {
  const text = minimal.replace(
    "dispatch: origin-only",
    "dispatch: [origin-only, tracker-informed]",
  );
  return parse(`${text}compare: ${compare}\nvary:\n${vary}`);
}

const VARY = `  interval: { field: system.tracker.interval, values: [1 min, 30 min] }
  size: { two: {}, nine: { system.volunteers.a.count: 9 } }
`;

/** Runs of every cell whose metrics are the cell's number, plus a tenth for a second replication. */
export function numberedRuns(experiment: Experiment): CellRuns[] {
  return cells(experiment).map((cell, at) => ({ cell, runs: [result(at), result(at + 0.1)] }));
}

/** A run whose metrics are all `value`. */
export function result(value: number): RunResult {
  const metrics = Object.fromEntries(METRICS.map(({ name }) => [name, value]));
  return {
    metrics: metrics as Record<MetricName, number>,
    serverRate: Float64Array.of(value),
    delays: new Float64Array(),
    visits: new Float64Array(),
    loads: Float64Array.of(value, value),
    able: Float64Array.of(1, 1),
    backlog: Float64Array.of(value),
    busy: { width: 60, share: Float64Array.of(value / 100, value / 100) },
    syncDays: {
      first: 1,
      mean: Float64Array.of(value),
      least: Float64Array.of(value / 2),
      most: Float64Array.of(value * 2),
    },
    reasons: { best: 1 },
    reasonCourse: { width: 60, reasons: ["best"], counts: Float64Array.of(1) },
    fingerprint: String(value),
    events: 1,
    endedAt: 1,
  };
}
