/** `sim check`: runs experiments and compares them with their baselines. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import type { Experiment } from "../experiment/config/experiment.ts";
import { readExperiment } from "../experiment/config/read-experiment.ts";
import { type Manifest, manifest } from "../experiment/manifest.ts";
import { registryFor } from "../experiment/own-policy/registry.ts";
import { threadsOf } from "../outcome/compute-runs.ts";
import { runExperiment } from "../outcome/run-experiment.ts";
import { type CellRuns, experimentFingerprint } from "../runner/cell-runs.ts";
import type { Watcher } from "../runner/run-shards.ts";
import { inputsOf, workloadSources } from "../runner/workload-sources.ts";
import { type Asked, askedIn } from "./asked.ts";
import { type Baseline, baselineOf, baselineText, readBaseline } from "./baseline.ts";
import { checkExperiment, type ExperimentCheck } from "./check-experiment.ts";
import { type KeptEvents, packEvents, spacing } from "./events/events-file.ts";
import { RETRACED } from "./events/retrace.ts";
import { retraceAll } from "./events/retracer.ts";
import { withPartings } from "./partings.ts";

export interface CheckOptions {
  /** Folder of the baselines: `NAME.json` and `NAME.events.gz` for each experiment. */
  readonly baselines: string;
  /** Threads, as typed; all cores when undefined. */
  readonly jobs: string | undefined;
  /** As typed, in place of the experiments' own. */
  readonly seed: string | undefined;
  readonly replications: string | undefined;
  /** Whether baselines are written anew. */
  readonly update: boolean;
  /** Whether to build the program of a baseline where that names an event more exactly. */
  readonly traceOld: boolean;
  readonly watcher: Watcher;
}

export interface CheckReport {
  readonly checks: readonly ExperimentCheck[];
  /** Files written, by `update`. */
  readonly written: readonly string[];
}

/**
 * Checks the experiments in `files`, one after another.
 *
 * @throws InputError when an experiment is wrong or its baseline is missing; all of them at once, before
 * anything is run.
 */
export async function checkFiles(
  files: readonly string[],
  options: CheckOptions,
): Promise<CheckReport> {
  const jobs = threadsOf(options.jobs);
  const given = await readAll(files, options);
  const checks: ExperimentCheck[] = [];
  const written: string[] = [];
  for (const each of given) {
    const ran = await perform(each, jobs, options.watcher);
    if (each.baseline !== null) checks.push(await compare(each, each.baseline, ran, jobs, options));
    if (options.update) written.push(...(await update(each, ran, checks.at(-1), jobs)));
  }
  return { checks, written };
}

interface Given {
  readonly file: string;
  readonly experiment: Experiment;
  readonly asked: Asked;
  readonly path: string;
  readonly eventsPath: string;
  readonly baseline: Baseline | null;
}

interface Ran {
  readonly all: readonly CellRuns[];
  readonly origin: Manifest;
}

async function readAll(files: readonly string[], options: CheckOptions): Promise<Given[]> {
  const given: Given[] = [];
  const problems: string[] = [...overrideProblems(options)];
  for (const file of files) {
    try {
      const each = await readOne(file, options);
      const twin = given.find(({ path }) => path === each.path);
      if (twin !== undefined) {
        problems.push(`duplicate experiment: ${file}; ${twin.file} has the same baseline`);
      }
      given.push(each);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return given;
}

function overrideProblems({ update, seed, replications }: CheckOptions): string[] {
  const isOverridden = seed !== undefined || replications !== undefined;
  return update && isOverridden
    ? ["--update: expected the experiment's own seed and replications; got others"]
    : [];
}

async function readOne(file: string, options: CheckOptions): Promise<Given> {
  const { baselines, seed, replications, update } = options;
  const registry = await registryFor(file);
  const read = readExperiment(file, { registry, overrides: { seed, replications } });
  const own = replications === undefined ? read.check?.replications : null;
  // Pairs need as many runs on both sides: nothing is added until an interval is narrow enough.
  const { until: _, ...fixed } = read;
  const experiment = { ...fixed, replications: own ?? read.replications };
  const path = join(baselines, `${experiment.name}.json`);
  // One that cannot be read is replaced: to write it anew is what was asked.
  const baseline = update ? readable(path) : readBaseline(path);
  if (baseline === null && !update) {
    throw new InputError([`${file}: missing baseline: ${path}; sim check --update writes it`]);
  }
  const eventsPath = join(baselines, `${experiment.name}.events.gz`);
  return { file, experiment, asked: askedIn(file), path, eventsPath, baseline };
}

function readable(path: string): Baseline | null {
  try {
    return readBaseline(path);
  } catch {
    return null;
  }
}

async function perform({ experiment }: Given, jobs: number, watcher: Watcher): Promise<Ran> {
  const { paths } = inputsOf(await workloadSources(experiment));
  // What the program does now is the question: nothing comes from the store of runs.
  const all = await runExperiment(experiment, { jobs, shelf: null, digests: null, watcher });
  // Own policies are what is tested: they are no inputs here.
  return { all, origin: manifest(experiment, paths, experimentFingerprint(all)) };
}

async function compare(
  given: Given,
  baseline: Baseline,
  { all, origin }: Ran,
  jobs: number,
  options: CheckOptions,
): Promise<ExperimentCheck> {
  const { experiment, asked, file, path } = given;
  const isOverridden = {
    seed: options.seed !== undefined,
    replications: options.replications !== undefined,
  };
  const checked = { experiment, asked, inputs: origin.inputs, all, baseline, isOverridden };
  const check = { ...checkExperiment(checked), file, baseline: path };
  return withPartings(check, { ...given, jobs, baseline, traceOld: options.traceOld });
}

/** Writes the baseline and its events, unless they are as they should be; returns what was written. */
async function update(
  { experiment, asked, path, eventsPath, baseline }: Given,
  { all, origin }: Ran,
  check: ExperimentCheck | undefined,
  jobs: number,
): Promise<string[]> {
  const found = baselineOf({ experiment, asked, origin, all });
  const isKept = check !== undefined && baseline !== null && isSame(baseline, found);
  if (isKept && existsSync(eventsPath)) return [];
  const events = all.reduce((sum, { runs }) => sum + runs[RETRACED].events, 0);
  const every = spacing(events);
  const keep = every === null ? "whole" : { every };
  const tasks = all.map((_, cell) => ({ cell, wanted: { keep } }) as const);
  const kept = (await retraceAll(experiment, tasks, jobs)) as KeptEvents[];
  write(eventsPath, packEvents(kept));
  if (isKept) return [eventsPath];
  write(path, baselineText(found));
  return [path, eventsPath];
}

/** Whether two baselines say the same, whoever made them. */
function isSame(a: Baseline, b: Baseline): boolean {
  const said = (of: Baseline) => baselineText({ ...of, version: "", commit: null });
  return said(a) === said(b);
}

/** All or nothing: a baseline cut short would be taken for another program's. */
function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(path, ".."), { recursive: true });
  const writing = `${path}.${process.pid}.tmp`;
  writeFileSync(writing, content);
  renameSync(writing, path);
}
