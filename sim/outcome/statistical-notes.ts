import type { Experiment } from "../experiment/config/experiment.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { precisionText } from "./precision.ts";
import type { Summary } from "./summary.ts";
import { warmUpAdvice } from "./warm-up-advice.ts";

/** What a reader should know of how an experiment was measured: the precision reached, the start. */
export function statisticalNotes(
  experiment: Experiment,
  all: readonly CellRuns[],
  { precision }: Summary,
): string[] {
  const told = [
    precision === null ? null : precisionText(precision),
    warmUpAdvice(experiment, all),
  ];
  return told.filter((note) => note !== null);
}
