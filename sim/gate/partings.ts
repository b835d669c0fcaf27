import { cells } from "../experiment/config/cells.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import type { Baseline } from "./baseline.ts";
import type { CellCheck, ExperimentCheck } from "./check-experiment.ts";
import { firstIn } from "./events/difference.ts";
import { type KeptEvents, readEvents } from "./events/events-file.ts";
import { type Parting, RETRACED } from "./events/retrace.ts";
import { retraceAll } from "./events/retracer.ts";
import { oldProgram } from "./trace-old.ts";

interface Source {
  readonly file: string;
  readonly experiment: Experiment;
  readonly baseline: Baseline;
  readonly path: string;
  readonly eventsPath: string;
  readonly jobs: number;
  readonly traceOld: boolean;
}

/**
 * The check with the first event that differs in each cell. Only replication 0 has its events kept:
 * where that is the same and another is not, there is nothing to compare with.
 */
export async function withPartings(
  check: ExperimentCheck,
  source: Source,
): Promise<ExperimentCheck> {
  const { experiment, baseline, eventsPath, jobs } = source;
  const differing = check.cells.filter((cell) => cell.differing.includes(RETRACED));
  if (differing.length === 0) return check;
  const kept = keptOf(readEvents(eventsPath), baseline);
  const labels = cells(experiment).map(({ label }) => label);
  const tasks = differing.flatMap(({ cell }) => {
    const against = kept.get(cell);
    return against === undefined ? [] : [{ cell: labels.indexOf(cell), wanted: { against } }];
  });
  if (tasks.length === 0) {
    const note = `${eventsPath} holds no events of the baseline: none can be named`;
    return { ...check, notes: [...check.notes, note] };
  }
  const found = (await retraceAll(experiment, tasks, jobs)) as Parting[];
  const partings = new Map(tasks.map(({ cell }, at) => [labels[cell], found[at]]));
  const named = check.cells.map((cell) => ({ ...cell, parting: partings.get(cell.cell) ?? null }));
  return source.traceOld ? traced({ ...check, cells: named }, source) : { ...check, cells: named };
}

/** Events by cell, as far as they are those of the baseline. */
function keptOf(all: readonly KeptEvents[] | null, { runs }: Baseline): Map<string, KeptEvents> {
  const own = (all ?? []).filter(({ cell, fingerprint }) =>
    runs.some((run) => {
      return run.cell === cell && run.replication === RETRACED && run.fingerprint === fingerprint;
    }),
  );
  return new Map(own.map((events) => [events.cell, events]));
}

/** Windows made into events by the program that the baseline comes from. */
function traced(check: ExperimentCheck, { file, path }: Source): ExperimentCheck {
  if (!check.cells.some(({ parting }) => parting?.difference.kind === "window")) return check;
  const old = oldProgram(path);
  if (typeof old === "string") {
    return { ...check, notes: [...check.notes, `--trace-old: ${old}`] };
  }
  const exact = (cell: CellCheck): CellCheck => {
    const { parting } = cell;
    if (parting === null || parting.difference.kind !== "window") return cell;
    const { at, length, found } = parting.difference;
    const difference = firstIn(at, old.window(file, cell.cell, at, length), found);
    return { ...cell, parting: { ...parting, difference } };
  };
  try {
    return { ...check, cells: check.cells.map(exact) };
  } finally {
    old.remove();
  }
}
