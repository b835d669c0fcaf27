import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { type Cell, cells } from "../experiment/config/cells.ts";
import { type Experiment, POLICY_FAMILIES } from "../experiment/config/experiment.ts";
import { parseExperiment } from "../experiment/config/parse-experiment.ts";
import { synthesize } from "../experiment/recipe/synthesize.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { baselineOf } from "../outcome/baseline.ts";
import { differencesOf } from "../outcome/cell-values.ts";
import { type Computed, type ComputeOptions, computeRuns } from "../outcome/compute-runs.ts";
import { keepRun } from "../outcome/perform.ts";
import { meanInterval } from "../outcome/statistics/interval.ts";
import { winners } from "../outcome/winners.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import type { Measure, Source, SourceCell } from "./source.ts";

/** What `sim run` is run with. */
export type RunOptions = Pick<ComputeOptions, "jobs" | "watcher" | "signal"> & {
  /** Folder of all results. */
  readonly out: string;
};

const MEASURES: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ...METRICS.map(({ name, unit, better }): [string, Measure] => [name, { unit, better }]),
  ["events", { unit: "count", better: "none" }],
  ...METRICS.map(({ name, unit }): [string, Measure] => {
    return [differenceName(name), { unit, better: "none" }];
  }),
]);

const ANY = { mean: 1, low: 1, high: 1 };

/**
 * The results of an experiment, which texts call `name`: what the run store has is not simulated again. Traces that it replays
 * and that have a recipe are made where they are missing.
 *
 * @throws InputError like `sim run`.
 */
export async function experimentSource(
  file: string,
  name: string,
  options: RunOptions,
): Promise<Source> {
  for (const { trace, recipe } of missingTraces(file)) {
    synthesize(recipe, { out: dirname(trace) });
  }
  const computed = await computeRuns(file, { ...options, overrides: {} });
  const { summary, reportPath } = await keepRun(computed, {
    out: options.out,
    charts: ["svg"],
    rowFormats: [],
  });
  const before = unrun(computed.experiment, name);
  const { standings } = before;
  return {
    ...before,
    ...(standings === undefined ? {} : { standings: { ...standings, winners: winners(summary) } }),
    fingerprint: summary.fingerprint,
    cells: computed.all.map((each, at) => {
      const values = {
        ...summary.cells[at].metrics,
        events: meanInterval(eventsOf(each)),
        ...differencesIn(computed, each),
      };
      return { at: placeOf(each.cell), values };
    }),
    figures: figuresIn(dirname(reportPath)),
  };
}

/** What the paired difference of a metric to what the experiment compares with is called. */
function differenceName(metric: MetricName): string {
  return `${metric}.difference`;
}

function differencesIn({ experiment, all }: Computed, cell: CellRuns): SourceCell["values"] {
  const baseline = baselineOf(experiment, all, cell.cell);
  return Object.fromEntries(
    METRICS.map(({ name }) => [
      differenceName(name),
      baseline === undefined ? null : meanInterval(differencesOf(cell, baseline, name)),
    ]),
  );
}

/** An experiment that was not run: every value is one, so that marks can be checked. */
export function unrunExperiment(file: string, name: string): Source {
  return unrun(readUnrun(file).experiment, name);
}

function unrun(experiment: Experiment, name: string): Source {
  const all = cells(experiment);
  const places = all.map(placeOf);
  const varies = experiment.vary?.axes.some(({ levels }) => levels.length > 1) ?? false;
  const policies = [...new Set(all.map(({ policy }) => policy))];
  const values = Object.fromEntries([...MEASURES.keys()].map((metric) => [metric, ANY]));
  return {
    name,
    fingerprint: "",
    dimensions: dimensionsOf(experiment, places),
    measures: MEASURES,
    cells: places.map((at): SourceCell => ({ at, values })),
    ...(varies && experiment.replications > 1 ? { standings: { policies, winners: [] } } : {}),
    figures: null,
  };
}

function placeOf({ levels, names }: Cell): SourceCell["at"] {
  return { ...names, ...levels };
}

/** Axes with their levels, and policies with those that any cell has. */
function dimensionsOf({ vary }: Experiment, places: readonly SourceCell["at"][]) {
  const families = [...POLICY_FAMILIES, "synchronisation"];
  return new Map<string, readonly string[]>([
    ...(vary?.axes ?? []).map(({ name, levels }): [string, readonly string[]] => [name, levels]),
    ...families.map((family): [string, readonly string[]] => {
      return [family, [...new Set(places.map((at) => at[family]))]];
    }),
  ]);
}

function eventsOf({ runs }: CellRuns): number[] {
  return runs.map(({ events }) => events);
}

function figuresIn(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => extname(name) === ".svg");
  return new Map(
    names.map((name) => [name.slice(0, -".svg".length), readFileSync(join(folder, name), "utf8")]),
  );
}

/** Traces in a folder `f` that are not there and have a recipe in `f.yaml`. */
function missingTraces(file: string): { readonly trace: string; readonly recipe: string }[] {
  return readUnrun(file)
    .files.map((trace) => ({ trace, recipe: `${dirname(trace)}.yaml` }))
    .filter(({ trace, recipe }) => !existsSync(trace) && existsSync(recipe));
}

/** An experiment whose input files need not be there, and their names. */
export function readUnrun(file: string): { experiment: Experiment; files: string[] } {
  if (!existsSync(file)) throw new InputError([`${file}: missing file`]);
  const files = new Set<string>();
  const locate = (path: string) => {
    files.add(path);
    return { found: path };
  };
  const experiment = parseExperiment(readFileSync(file, "utf8"), file, { locate });
  return { experiment, files: [...files] };
}
