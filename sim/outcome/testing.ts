import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { minimal, parse } from "../experiment/config/testing.ts";
import type { MetricName } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { result } from "../runner/testing.ts";

/** Four policies, of which the first is the baseline. */
export const four: Experiment = parse(
  `${minimal.replace(
    "dispatch: origin-only",
    `dispatch:
    - origin-only
    - tracker-informed
    - { tracker-informed: { memory: 1 min } }
    - { tracker-informed: { memory: 2 min } }`,
  )}compare: { dispatch: origin-only }\n`,
);
export const [ORIGIN, FIRST, SECOND, THIRD] = cells(four).map(({ label }) => label);

/** Runs in which all metrics but some are 1. */
export function runsWith(
  metric: MetricName,
  values: readonly (readonly (number | null)[])[],
): CellRuns[] {
  return cells(four).map((cell, at) => ({
    cell,
    runs: values[at].map((value) => {
      const run = { ...result(1), fingerprint: `${at}` };
      return { ...run, metrics: { ...run.metrics, [metric]: value } };
    }),
  }));
}

/** As `runsWith`, where the cells at `alike` have the decisions of the first of them. */
export function alikeRuns(
  alike: readonly number[],
  values: readonly (readonly number[])[],
): CellRuns[] {
  return runsWith("server.bytes", values).map(({ cell, runs }, at) => ({
    cell,
    runs: runs.map((run) => ({ ...run, fingerprint: `${alike.includes(at) ? alike[0] : at}` })),
  }));
}
