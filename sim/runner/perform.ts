import { join } from "node:path";
import { csvFormatRows } from "d3-dsv";
import { reportFigures } from "../report/figures.ts";
import { reportPage } from "../report/page.ts";
import { type Computed, type ComputeOptions, computeRuns } from "./compute-runs.ts";
import type { Experiment } from "./config/experiment.ts";
import { type Manifest, manifest, manifestJson, runName } from "./manifest.ts";
import { reportData } from "./report-data.ts";
import { MANIFEST_FILE, RUNS_FILE, runsText } from "./results/run-folder.ts";
import { rowFiles } from "./rows.ts";
import type { CellRuns } from "./run-experiment.ts";
import { explained } from "./run-store/run-store.ts";
import { type RunFiles, writeRun } from "./store.ts";
import { type Summary, summarise, summaryJson } from "./summary.ts";
import { verdict } from "./verdict.ts";
import type { WorkloadSource } from "./workload-source.ts";

export { computeRuns } from "./compute-runs.ts";

export interface Performed {
  readonly experiment: Experiment;
  readonly summary: Summary;
  /** The verdict, in a few sentences. */
  readonly answer: string;
  readonly notes: readonly string[];
  readonly reportPath: string;
}

/**
 * Reads an experiment, runs what of it the store does not have and writes its results to
 * `out/<experiment>/<run>/`.
 *
 * @throws InputError when the experiment or a file it names is wrong; else like `computeRuns`.
 */
export async function performExperiment(
  file: string,
  options: ComputeOptions & { readonly out: string },
): Promise<Performed> {
  return keepRun(await computeRuns(file, options), options.out);
}

/** Works out the results of an experiment's runs and writes them to `out/<experiment>/<run>/`. */
export async function keepRun(computed: Computed, out: string): Promise<Performed> {
  const { experiment, sources, notes, all, inputs } = computed;
  const summary = summarise(experiment, all);
  const answer = verdict(summary, all);
  const origin = manifest(experiment, inputs, summary.fingerprint);
  const folder = join(out, experiment.name, runName(origin));
  const files = await runFiles({ experiment, sources, notes, all, summary, answer, origin });
  explained(folder, () => writeRun(folder, files));
  return { experiment, summary, answer, notes, reportPath: join(folder, "report.html") };
}

async function runFiles(run: {
  readonly experiment: Experiment;
  readonly sources: readonly WorkloadSource[];
  readonly notes: readonly string[];
  readonly all: readonly CellRuns[];
  readonly summary: Summary;
  readonly answer: string;
  readonly origin: Manifest;
}): Promise<RunFiles> {
  const { experiment, sources, all, summary, origin } = run;
  const files = rowFiles(experiment, all);
  files.set(MANIFEST_FILE, `${manifestJson(origin)}\n`);
  files.set(RUNS_FILE, runsText(all));
  files.set("metrics.json", `${summaryJson(summary)}\n`);
  const data = reportData(run);
  files.set("report.html", reportPage(data));
  for (const [name, svg] of await reportFigures(data)) files.set(name, svg);
  const rejected = rejectedLines(sources);
  if (rejected !== null) files.set("rejected.csv", rejected);
  return files;
}

/** The lines of logs that could not be read; with their logs where there are several. */
function rejectedLines(sources: readonly WorkloadSource[]): string | null {
  const isOne = sources.length === 1;
  const header = ["line", "reason", "text"];
  const rows = sources.flatMap(({ rejected, paths }) =>
    (rejected?.lines ?? []).map(({ line, reason, text }) => {
      const row = [String(line), reason, text];
      return isOne ? row : [paths[0], ...row];
    }),
  );
  if (rows.length === 0) return null;
  return `${csvFormatRows([isOne ? header : ["log", ...header], ...rows])}\n`;
}
