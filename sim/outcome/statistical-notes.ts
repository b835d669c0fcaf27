import type { Experiment } from "../experiment/config/experiment.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import type { Note } from "./note.ts";
import { precisionText } from "./precision.ts";
import type { Summary } from "./summary.ts";
import { warmUpAdvice } from "./warm-up-advice.ts";

/** What a reader should know of how an experiment was measured: the precision reached, the start. */
export function statisticalNotes(
  experiment: Experiment,
  all: readonly CellRuns[],
  { precision }: Summary,
): Note[] {
  const told = [
    { id: "precision", text: precision === null ? null : precisionText(precision) },
    { id: "warm-up", text: warmUpAdvice(experiment, all) },
  ];
  return told.flatMap(({ id, text }) => (text === null ? [] : [{ id, text }]));
}
