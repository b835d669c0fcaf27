import { InputError } from "../../engine/input-error.ts";
import { cells } from "../../experiment/config/cells.ts";
import type { Experiment } from "../../experiment/config/experiment.ts";
import { nearest } from "../../experiment/config/nearest.ts";
import type { CellRun } from "../../runner/cell-run.ts";

/** Which run of an experiment is meant, as typed; what there is one of need not be said. */
export interface TypedRun {
  /** The policies, as the results name them. */
  readonly policy: string | undefined;
  readonly replication: string | undefined;
}

/** @throws InputError when it is none of the experiment's, or more than one. */
export function chosenRun(experiment: Experiment, { policy, replication }: TypedRun): CellRun {
  const labels = cells(experiment).map(({ label }) => label);
  const { replications } = experiment;
  const open = [
    ...(policy === undefined && labels.length > 1 ? [`--policy (${some(labels)})`] : []),
    ...(replication === undefined && replications > 1
      ? [`--replication (0 to ${replications - 1})`]
      : []),
  ];
  if (open.length > 0) {
    const runs = `${labels.length * replications} runs`;
    throw new InputError([
      `--journal: expected one run; got ${runs}; ${open.join(" and ")} choose one`,
    ]);
  }
  const cell = policy === undefined ? 0 : labels.indexOf(policy);
  const problems = [
    ...(cell < 0 ? [unknownPolicy(policy ?? "", labels)] : []),
    ...(isBelow(replication, replications)
      ? []
      : [`--replication: invalid replication: ${replication}; not in [0, ${replications})`]),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return { experiment, cell, replication: Number(replication ?? 0) };
}

function isBelow(text: string | undefined, end: number): boolean {
  if (text === undefined) return true;
  return (
    text.trim() !== "" && Number.isInteger(Number(text)) && 0 <= Number(text) && Number(text) < end
  );
}

function unknownPolicy(label: string, labels: readonly string[]): string {
  const meant = nearest(label, labels);
  const hint = meant === undefined ? "" : `; did you mean '${meant}'?`;
  return `--policy: unknown policy: ${label}; known: ${labels.join(", ")}${hint}`;
}

/** As many as a line has room for. */
function some(labels: readonly string[]): string {
  const shown = labels.slice(0, MOST_SHOWN).join(", ");
  const others = labels.length - MOST_SHOWN;
  return others > 0 ? `${shown} and ${others} others` : shown;
}

const MOST_SHOWN = 30;
