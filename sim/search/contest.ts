/** Choices of one family of policies against each other, all else and all chance alike. */
import { cells } from "../experiment/config/cells.ts";
import {
  type Experiment,
  type PolicyChoice,
  type PolicyFamily,
  variantsOf,
} from "../experiment/config/experiment.ts";
import { differenceOf } from "../metrics/equality.ts";
import type { Metric, MetricName } from "../metrics/metric.ts";
import { type ComputeOptions, prepareExperiment } from "../outcome/compute-runs.ts";
import { footprint } from "../runner/footprint.ts";
import { checkMemory, memoryLimit } from "../runner/memory-estimate.ts";
import type { Crew } from "../runner/pool.ts";
import { runShards } from "../runner/run-shards.ts";
import type { Shard } from "../runner/schedule.ts";
import { compiledTraces } from "../runner/workload-sources.ts";

/** A metric that can get better. */
export interface Goal extends Pick<Metric, "unit"> {
  readonly name: MetricName;
  readonly better: "lower" | "higher";
}

/** What runs are made with. */
export interface ContestMeans extends Pick<ComputeOptions, "out" | "watcher" | "signal"> {
  /** Threads. */
  readonly jobs: number;
  readonly crew: Crew;
}

/** The experiment with these choices in place of its own of the family, and nothing that only `sim run` asks for. */
export function withChoices(
  { compare: _, until: _until, check: _check, vary, measure, ...rest }: Experiment,
  family: PolicyFamily,
  choices: readonly PolicyChoice[],
): Experiment {
  const { rows: _rows, ...measured } = measure;
  const chosen = <Of extends Pick<Experiment, "policies">>(of: Of): Of => ({
    ...of,
    policies: { ...of.policies, [family]: choices },
  });
  const all = vary && { vary: { ...vary, variants: vary.variants.map(chosen) } };
  return { ...chosen(rest), ...all, measure: measured, compare: null };
}

/** The labels of all that an experiment runs beside the choices of one family: its settings. */
export function settingsOf(experiment: Experiment, family: PolicyFamily): string[] {
  const [{ policies }] = variantsOf(experiment);
  return cells(withChoices(experiment, family, policies[family].slice(0, 1))).map(
    ({ label }) => label,
  );
}

/**
 * What each choice gains on the first of them, by choice, setting and replication from `from` up to but
 * not including `to`; null where there is no telling.
 *
 * Gains are logarithms of ratios, so that settings of all sizes count alike, and a gain and a loss of the
 * same factor cancel out. They are taken pair by pair: all choices meet the same chance.
 *
 * Threads start from the built JavaScript, so this runs from `dist/` only.
 *
 * @throws InputError when a file is missing or wrong, or memory too small; else like `runShards`.
 */
export async function gainsOf(
  contest: {
    readonly experiment: Experiment;
    readonly family: PolicyFamily;
    readonly choices: readonly PolicyChoice[];
    /** Numbers of those that are run, of all. */
    readonly settings: readonly number[];
  },
  { from, to }: { readonly from: number; readonly to: number },
  goal: Goal,
  { jobs, crew, out, watcher = {}, signal }: ContestMeans,
): Promise<(number | null)[][][]> {
  const { family, choices, settings } = contest;
  const experiment = withChoices(contest.experiment, family, choices);
  const prepared = await prepareExperiment(experiment, { out });
  const { shelf, digests, sources } = prepared;
  checkMemory(footprint(experiment, sources, jobs), memoryLimit(undefined));
  const traces = compiledTraces(experiment, sources);
  const all = [...cells(experiment).entries()];
  const shards: Shard[] = choices.flatMap((choice) => {
    // In the order of settings, since choices never move other parts of a cell.
    const numbers = all.filter(([, cell]) => cell[family] === choice).map(([number]) => number);
    return settings.flatMap((setting) =>
      Array.from({ length: to - from }, (_, at) => ({
        cell: numbers[setting],
        replication: from + at,
      })),
    );
  });
  const runs = await runShards(experiment, shards, {
    jobs,
    shelf,
    digests,
    traces,
    watcher,
    signal,
    crew,
  });
  const values = runs.map(({ metrics }) => metrics[goal.name] ?? null);
  const each = settings.length * (to - from);
  return choices.map((_, choice) =>
    settings.map((_, setting) =>
      Array.from({ length: to - from }, (_, at) => {
        const place = setting * (to - from) + at;
        return gain(values[choice * each + place], values[place], goal);
      }),
    ),
  );
}

/** How much better `value` is than `base`, as the logarithm of their ratio. */
export function gain(
  value: number | null,
  base: number | null,
  { better, unit }: Pick<Goal, "better" | "unit">,
): number | null {
  if (value === null || base === null) return null;
  if (differenceOf(value, base, unit) === 0) return 0; // Rounding is no gain.
  if (value <= 0 || base <= 0) return null;
  return better === "lower" ? Math.log(base / value) : Math.log(value / base);
}

/** The change of the metric that a gain stands for, as a share of what it was. */
export function changeOf(gained: number, { better }: Goal): number {
  return Math.expm1(better === "lower" ? -gained : gained);
}
