import { join } from "node:path";
import { csvFormatRows } from "d3-dsv";
import type { Experiment } from "../experiment/config/experiment.ts";
import { manifest, manifestJson, runName } from "../experiment/manifest.ts";
import type { FigureFormat } from "../report/figure-format.ts";
import type { RowFormat } from "../rows/row-format.ts";
import { replicationStreams } from "../runner/replication.ts";
import { explained } from "../runner/run-store/run-store.ts";
import type { WorkloadSource } from "../runner/workload-source.ts";
import { type Computed, type ComputeOptions, computeRuns } from "./compute-runs.ts";
import { diagnose } from "./diagnosis/diagnose.ts";
import { evidenceOf } from "./diagnosis/evidence.ts";
import type { Note } from "./note.ts";
import { REPORT_FILE, type ReportedRun, reportFiles } from "./results/report-files.ts";
import { MANIFEST_FILE, RUNS_FILE, runsText } from "./results/run-folder.ts";
import { writeIndex } from "./results/write-index.ts";
import { rowFiles } from "./rows.ts";
import { tableFiles } from "./run-tables.ts";
import { setupData } from "./setup/setup.ts";
import { type WorkloadFacts, workloadFacts } from "./setup/workload-facts.ts";
import { statisticalNotes } from "./statistical-notes.ts";
import { statisticsFiles } from "./statistics-files.ts";
import { type RunFiles, writeRun } from "./store.ts";
import { type Summary, summarise, summaryJson } from "./summary.ts";
import { verdict } from "./verdict.ts";

export { computeRuns } from "./compute-runs.ts";

export interface Performed {
  readonly experiment: Experiment;
  readonly summary: Summary;
  /** What was simulated, in a few sentences. */
  readonly setup: readonly string[];
  /** The verdict, in a few sentences. */
  readonly answer: string;
  readonly notes: readonly Note[];
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
  options: ComputeOptions & KeepOptions,
): Promise<Performed> {
  return keepRun(await computeRuns(file, options), options);
}

/** Where results are written, and in which formats. */
export interface KeepOptions {
  readonly out: string;
  readonly charts: readonly FigureFormat[];
  /** Of the rows that the experiment asks for. */
  readonly rowFormats: readonly RowFormat[];
}

/** Works out the results of an experiment's runs and writes them to `out/<experiment>/<run>/`. */
export async function keepRun(
  computed: Computed,
  { out, charts, rowFormats }: KeepOptions,
): Promise<Performed> {
  const { experiment, sources, all, inputs } = computed;
  const summary = summarise(experiment, all);
  const answer = verdict(summary);
  const notes = [
    ...computed.notes.map((text) => ({ id: "input", text })),
    ...diagnose(evidenceOf(experiment, all, sources)),
    ...statisticalNotes(experiment, all, summary),
  ];
  const origin = manifest(experiment, inputs, summary.fingerprint);
  const folder = join(out, experiment.name, runName(origin));
  const work = workIn(experiment, sources);
  const run = { experiment, sources, notes, all, summary, answer, work, origin };
  const files = new Map([...(await runFiles(run, charts)), ...tableFiles(computed, rowFormats)]);
  explained(folder, () => {
    writeRun(folder, files);
    writeIndex(out);
  });
  const { sentences: setup } = setupData(experiment, summary.replications, work);
  return { experiment, summary, setup, answer, notes, reportPath: join(folder, REPORT_FILE) };
}

async function runFiles(
  run: ReportedRun & { readonly sources: readonly WorkloadSource[] },
  charts: readonly FigureFormat[],
): Promise<RunFiles> {
  const { experiment, sources, all, summary, notes, origin } = run;
  const files = new Map([
    ...rowFiles(experiment, all),
    ...statisticsFiles(experiment, all, summary),
  ]);
  files.set(MANIFEST_FILE, `${manifestJson(origin)}\n`);
  files.set(RUNS_FILE, runsText(all));
  files.set("metrics.json", `${summaryJson(summary, notes)}\n`);
  for (const [name, content] of await reportFiles(run, charts)) files.set(name, content);
  const rejected = rejectedLines(sources);
  if (rejected !== null) files.set("rejected.csv", rejected);
  return files;
}

/** How much work the first variant has, in its first replication. */
function workIn(experiment: Experiment, sources: readonly WorkloadSource[]): WorkloadFacts | null {
  const [first] = sources;
  return first === undefined
    ? null
    : workloadFacts(first.generate(replicationStreams(experiment, 0)));
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
