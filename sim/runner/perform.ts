import { availableParallelism } from "node:os";
import { join } from "node:path";
import { csvFormatRows } from "d3-dsv";
import { InputError } from "../engine/input-error.ts";
import { reportFigures } from "../report/figures.ts";
import { reportPage } from "../report/page.ts";
import type { Experiment } from "./config/experiment.ts";
import type { Overrides } from "./config/override.ts";
import { readExperiment } from "./config/read-experiment.ts";
import { type Manifest, manifest, manifestJson, runName } from "./manifest.ts";
import { ownPaths } from "./own-policy/load.ts";
import { registryFor } from "./own-policy/registry.ts";
import { reportData } from "./report-data.ts";
import { MANIFEST_FILE, RUNS_FILE, runsText } from "./results/run-folder.ts";
import { rowFiles } from "./rows.ts";
import { type CellRuns, type OnRun, runExperiment } from "./run-experiment.ts";
import { writeRun } from "./store.ts";
import { type Summary, summarise, summaryJson } from "./summary.ts";
import { verdict } from "./verdict.ts";
import type { WorkloadSource } from "./workload-source.ts";
import { inputsOf, workloadSources } from "./workload-sources.ts";

const MAX_THREADS = 1024;

export interface Performed {
  readonly experiment: Experiment;
  readonly summary: Summary;
  /** The verdict, in a few sentences. */
  readonly answer: string;
  readonly notes: readonly string[];
  readonly reportPath: string;
}

/**
 * Reads an experiment, runs it and writes its results to `out/<experiment>/<run>/`.
 *
 * @throws InputError when the experiment or a file it names is wrong.
 */
export async function performExperiment(
  file: string,
  options: {
    readonly overrides: Overrides;
    /** Threads, as typed; all cores when undefined. */
    readonly jobs: string | undefined;
    readonly out: string;
    readonly onRun: OnRun;
  },
): Promise<Performed> {
  const jobs = threadsOf(options.jobs);
  const registry = await registryFor(file);
  const experiment = readExperiment(file, { overrides: options.overrides, registry });
  const sources = await workloadSources(experiment);
  const { paths, notes } = inputsOf(sources);
  const all = await runExperiment(experiment, jobs, options.onRun);
  const summary = summarise(experiment, all);
  const answer = verdict(summary, all);
  const inputs = [...paths, ...ownPaths(experiment)];
  const origin = manifest(experiment, inputs, summary.fingerprint);
  const folder = join(options.out, experiment.name, runName(origin));
  writeRun(folder, await runFiles({ experiment, sources, notes, all, summary, answer, origin }));
  return {
    experiment,
    summary,
    answer,
    notes,
    reportPath: join(folder, "report.html"),
  };
}

/** Threads as typed on the command line; all cores when undefined. */
export function threadsOf(jobs: string | undefined): number {
  if (jobs === undefined) return availableParallelism();
  const threads = Number(jobs);
  if (Number.isInteger(threads) && 1 <= threads && threads <= MAX_THREADS) return threads;
  throw new InputError([`--jobs: invalid jobs: ${jobs}; not in [1, ${MAX_THREADS}] threads`]);
}

async function runFiles(run: {
  readonly experiment: Experiment;
  readonly sources: readonly WorkloadSource[];
  readonly notes: readonly string[];
  readonly all: readonly CellRuns[];
  readonly summary: Summary;
  readonly answer: string;
  readonly origin: Manifest;
}): Promise<Map<string, string>> {
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
