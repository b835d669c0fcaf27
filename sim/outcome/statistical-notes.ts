import { NO_VISITS } from "../bound/visit-bound.ts";
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
    { id: "bound", text: boundNote(all) },
    { id: "warm-up", text: warmUpAdvice(experiment, all) },
  ];
  return told.flatMap(({ id, text }) => (text === null ? [] : [{ id, text }]));
}

/** Why visits are compared with no bound, where they are not; of runs without visits nothing is said. */
function boundNote(all: readonly CellRuns[]): string | null {
  const missing = all.filter(({ runs }) => runs.some(({ bound }) => bound?.reason !== undefined));
  const [reason] = missing.flatMap(({ runs }) => runs.flatMap(({ bound }) => bound?.reason ?? []));
  if (reason === undefined || reason === NO_VISITS) return null;
  const where = missing.length === all.length ? "" : ` in ${missing.length} of ${all.length} cells`;
  return `visit.bound and visit.gap are not given${where}: ${reason}`;
}
