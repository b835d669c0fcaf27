import type { Experiment } from "../../experiment/config/experiment.ts";
import type { Manifest } from "../../experiment/manifest.ts";
import type { FigureFormat } from "../../report/figure-format.ts";
import { type FigureFiles, reportFigures } from "../../report/figures.ts";
import { reportPage } from "../../report/page.ts";
import type { CellRuns } from "../../runner/cell-runs.ts";
import type { Note } from "../note.ts";
import { reportData } from "../report-data.ts";
import type { WorkloadFacts } from "../setup/workload-facts.ts";
import type { Summary } from "../summary.ts";
import { ANSWER_FILE, answerOf, answerText } from "./answer-file.ts";

/** The page of a run, in its folder. */
export const REPORT_FILE = "report.html";

/** What the report of a run tells of. */
export interface ReportedRun {
  readonly experiment: Experiment;
  readonly notes: readonly Note[];
  readonly all: readonly CellRuns[];
  readonly summary: Summary;
  /** The verdict, in a few sentences. */
  readonly answer: string;
  /** How much work the first variant has; null where that was not kept. */
  readonly work: WorkloadFacts | null;
  readonly origin: Manifest;
}

/** The page of a run, its figures, and its answer in short, by file name. */
export async function reportFiles(
  run: ReportedRun,
  formats: readonly FigureFormat[] = ["svg"],
): Promise<FigureFiles> {
  const data = reportData(run);
  return new Map([
    [REPORT_FILE, reportPage(data)],
    [ANSWER_FILE, answerText(answerOf(run, data))],
    ...(await reportFigures(data, formats)),
  ]);
}
