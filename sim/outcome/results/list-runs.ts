import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { manifestOf } from "../../experiment/manifest.ts";
import type { ListedRun } from "../../report/index-page.ts";
import { reportData } from "../report-data.ts";
import { ANSWER_FILE, type Answer, answerOf, answerOfText } from "./answer-file.ts";
import { storedRun } from "./rebuild-report.ts";
import { REPORT_FILE } from "./report-files.ts";
import { MANIFEST_FILE } from "./run-folder.ts";

/**
 * The runs below a folder of results, by experiment and the newest first. A folder that cannot be
 * read as a run's is left out: another program may be writing it.
 */
export function listRuns(out: string): ListedRun[] {
  const found = foldersIn(out).flatMap((experiment) =>
    foldersIn(join(out, experiment))
      .map((run) => join(experiment, run))
      .filter((path) => existsSync(join(out, path, MANIFEST_FILE)))
      .map((path) => ({ path, written: statSync(join(out, path, MANIFEST_FILE)).mtimeMs }))
      .sort((a, b) => b.written - a.written || (a.path < b.path ? -1 : 1)),
  );
  return found.flatMap(({ path }) => listed(out, path));
}

/** Folders in a folder, in the order of their names; those being written are hidden. */
function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}

function listed(out: string, path: string): ListedRun[] {
  const folder = join(out, path);
  try {
    const origin = manifestOf(readFileSync(join(folder, MANIFEST_FILE), "utf8"));
    const { experiment, fingerprint, version, commit } = origin;
    const { answer, runs, key } = answerIn(folder);
    const address = path.split(/[\\/]/).map(encodeURIComponent).join("/");
    return [
      {
        ...{ experiment: experiment.name, title: experiment.title, question: experiment.question },
        ...{ answer, runs, key, fingerprint, version, commit, seed: experiment.seed },
        replications: experiment.replications,
        run: path.split(/[\\/]/).at(-1) ?? path,
        page: existsSync(join(folder, REPORT_FILE)) ? `${address}/${REPORT_FILE}` : null,
      },
    ];
  } catch {
    return [];
  }
}

/** What the run found; of one that says so nowhere, worked out from its results. */
function answerIn(folder: string): Answer {
  const path = join(folder, ANSWER_FILE);
  if (existsSync(path)) return answerOfText(readFileSync(path, "utf8"));
  const run = storedRun(folder);
  return answerOf(run, reportData(run));
}
