import { formatInterval } from "../../report/format.ts";
import { headlineMetrics } from "../../report/headline.ts";
import type { MetricRow, ReportData } from "../../report/report-data.ts";
import type { Note } from "../note.ts";
import type { WorkloadFacts } from "../setup/workload-facts.ts";
import type { ReportedRun } from "./report-files.ts";

/** What a run found, in short: so that a list of many runs need not read their results. */
export const ANSWER_FILE = "answer.json";

/** What a run found. */
export interface Answer {
  /** The verdict, in a few sentences. */
  readonly answer: string;
  /** Who is best by each of the main metrics, and how surely. */
  readonly table: ReportData["answerTable"];
  /** What was simulated, in a few sentences. */
  readonly setup: readonly string[];
  /** How much work the first variant has; null where that was not kept. */
  readonly work: WorkloadFacts | null;
  readonly notes: readonly Note[];
  /** Runs in all, over cells and replications. */
  readonly runs: number;
  /** The most telling number, of the cell that is best in it; null where nothing was measured. */
  readonly key: { readonly metric: string; readonly value: string; readonly policy: string } | null;
}

/** An answer as a file has it. */
type Kept = Omit<Answer, "notes"> & { readonly notes: readonly (Note | string)[] };

export function answerOf(
  { answer, work, notes, all }: ReportedRun,
  { answerTable: table, setup, metrics }: ReportData,
): Answer {
  const runs = all.reduce((sum, cell) => sum + cell.runs.length, 0);
  const [metric] = headlineMetrics(metrics, 1);
  const key = metric === undefined ? null : keyNumber(metric);
  return { answer, table, setup: setup.sentences, work, notes, runs, key };
}

export function answerText(answer: Answer): string {
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** @throws SyntaxError when the text is not JSON. */
export function answerOfText(text: string): Answer {
  const { notes, ...answer } = JSON.parse(text) as Kept;
  // Older runs have texts alone.
  return {
    ...answer,
    notes: notes.map((note) => (typeof note === "string" ? { id: "note", text: note } : note)),
  };
}

function keyNumber({ name, unit, better, values }: MetricRow): Answer["key"] {
  const sorted = values.toSorted((a, b) =>
    better === "higher" ? b.mean - a.mean : a.mean - b.mean,
  );
  const [best] = sorted;
  if (best === undefined) return null;
  return { metric: name, value: formatInterval(best, unit), policy: best.policy };
}
