import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../engine/input-error.ts";
import type { FigureFormat } from "../../report/figure-format.ts";
import { statisticalNotes } from "../statistical-notes.ts";
import { summarise } from "../summary.ts";
import { verdict } from "../verdict.ts";
import { ANSWER_FILE, type Answer, answerOfText } from "./answer-file.ts";
import { REPORT_FILE, type ReportedRun, reportFiles } from "./report-files.ts";
import { readRun } from "./run-folder.ts";
import { writeInto } from "./write-into.ts";

/**
 * Makes the report and the figures of a run anew from what it has stored; nothing runs.
 *
 * @returns the path of the page.
 * @throws InputError when `folder` is not that of a run, or lacks some of its replications.
 */
export async function rebuildReport(
  folder: string,
  formats: readonly FigureFormat[],
): Promise<string> {
  writeInto(folder, await reportFiles(storedRun(folder), formats));
  return join(folder, REPORT_FILE);
}

/** What the report of a stored run tells of. */
export function storedRun(folder: string): ReportedRun {
  const { manifest: origin, all } = readRun(folder);
  const { experiment } = origin;
  const missing = all.flatMap(({ cell, runs }) => {
    const found = Object.keys(runs).length;
    const expected = `${experiment.replications} replications of ${cell.label}`;
    return found >= experiment.replications // More where `until` asked for them.
      ? []
      : [`${folder}: expected ${expected}; got ${found}`];
  });
  if (missing.length > 0) throw new InputError(missing);
  const summary = summarise(experiment, all);
  const kept = keptIn(folder);
  return {
    experiment,
    notes: kept?.notes ?? statisticalNotes(experiment, all, summary),
    all,
    summary,
    answer: verdict(summary),
    work: kept?.work ?? null,
    origin,
  };
}

/** What was said when the run was made, of its inputs too; null where that is not kept. */
function keptIn(folder: string): Partial<Answer> | null {
  const path = join(folder, ANSWER_FILE);
  return existsSync(path) ? answerOfText(readFileSync(path, "utf8")) : null;
}
