import { availableParallelism } from "node:os";
import { join } from "node:path";
import { csvFormatRows } from "d3-dsv";
import { InputError } from "../engine/input-error.ts";
import type { FigureFormat } from "../report/figure-format.ts";
import type { Experiment } from "./config/experiment.ts";
import type { Overrides } from "./config/override.ts";
import { readExperiment } from "./config/read-experiment.ts";
import { manifest, manifestJson, runName } from "./manifest.ts";
import { ownPaths } from "./own-policy/load.ts";
import { registryFor } from "./own-policy/registry.ts";
import { REPORT_FILE, type ReportedRun, reportFiles } from "./results/report-files.ts";
import { MANIFEST_FILE, RUNS_FILE, runsText } from "./results/run-folder.ts";
import { writeIndex } from "./results/write-index.ts";
import { rowFiles } from "./rows.ts";
import { type OnRun, runExperiment } from "./run-experiment.ts";
import { statisticalNotes } from "./statistical-notes.ts";
import { statisticsFiles } from "./statistics-files.ts";
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
    /** Formats of the figures beside the report. */
    readonly charts: readonly FigureFormat[];
    readonly onRun: OnRun;
  },
): Promise<Performed> {
  const jobs = threadsOf(options.jobs);
  const registry = await registryFor(file);
  const experiment = readExperiment(file, { overrides: options.overrides, registry });
  const sources = await workloadSources(experiment);
  const { paths, notes: inputNotes } = inputsOf(sources);
  const all = await runExperiment(experiment, jobs, options.onRun);
  const summary = summarise(experiment, all);
  const answer = verdict(summary);
  const notes = [...inputNotes, ...statisticalNotes(experiment, all, summary)];
  const inputs = [...paths, ...ownPaths(experiment)];
  const origin = manifest(experiment, inputs, summary.fingerprint);
  const folder = join(options.out, experiment.name, runName(origin));
  const run = { experiment, sources, notes, all, summary, answer, origin };
  writeRun(folder, await runFiles(run, options.charts));
  writeIndex(options.out);
  return {
    experiment,
    summary,
    answer,
    notes,
    reportPath: join(folder, REPORT_FILE),
  };
}

function threadsOf(jobs: string | undefined): number {
  if (jobs === undefined) return availableParallelism();
  const threads = Number(jobs);
  if (Number.isInteger(threads) && 1 <= threads && threads <= MAX_THREADS) return threads;
  throw new InputError([`--jobs: invalid jobs: ${jobs}; not in [1, ${MAX_THREADS}] threads`]);
}

async function runFiles(
  run: ReportedRun & { readonly sources: readonly WorkloadSource[] },
  charts: readonly FigureFormat[],
): Promise<Map<string, string | Uint8Array>> {
  const { experiment, sources, all, summary, origin } = run;
  const files = new Map<string, string | Uint8Array>([
    ...rowFiles(experiment, all),
    ...statisticsFiles(experiment, all),
  ]);
  files.set(MANIFEST_FILE, `${manifestJson(origin)}\n`);
  files.set(RUNS_FILE, runsText(all));
  files.set("metrics.json", `${summaryJson(summary)}\n`);
  for (const [name, content] of await reportFiles(run, charts)) files.set(name, content);
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
