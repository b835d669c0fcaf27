/** Searches the params of a policy on some seeds and settings, and judges what was found on others. */
import { mean } from "d3-array";
import { stringify } from "yaml";
import { InputError } from "../engine/input-error.ts";
import { type Stream, streams } from "../engine/random.ts";
import type { Experiment, PolicyChoice, PolicyFamily } from "../experiment/config/experiment.ts";
import { dimensionOf } from "../experiment/config/policy-name.ts";
import { readExperiment } from "../experiment/config/read-experiment.ts";
import { type Interval, meanInterval } from "../outcome/statistics/interval.ts";
import type { ParamSpec, ParamSpecs } from "../policies/index.ts";
import { type ContestMeans, type Goal, gainsOf, settingsOf } from "./contest.ts";
import { design } from "./design.ts";
import { halve, rungsTo } from "./halving.ts";
import { type SearchRange, valueAt, written } from "./search-range.ts";
import { contendersIn } from "./typed.ts";

export interface TuneRequest {
  readonly file: string;
  readonly policy: string;
  readonly family: string | undefined;
  readonly goal: Goal;
  /** Sets of params that are tried, the defaults among them. */
  readonly candidates: number;
  /** Replications of the last rung. */
  readonly train: number;
  /** Replications that judge. */
  readonly heldOut: number;
  /** In place of the experiment's. */
  readonly seed: number | undefined;
  /** In place of the next after the seed. */
  readonly heldOutSeed: number | undefined;
  /** The params that are searched; all where undefined. */
  readonly params: readonly string[] | undefined;
  /** Labels of settings that only judge; every second where undefined. */
  readonly heldOutCells: readonly string[] | undefined;
}

/** What is searched, where, and what judges. */
export interface TunePlan {
  readonly family: PolicyFamily;
  readonly ranges: Readonly<Record<string, SearchRange>>;
  /** How many are tried: fewer than asked for where the ranges hold fewer. */
  readonly candidates: number;
  readonly rungs: readonly number[];
  readonly train: { readonly seed: number; readonly cells: readonly string[] };
  readonly heldOut: { readonly seed: number; readonly cells: readonly string[] };
}

/** A gain with its 95 % interval, as a logarithm: see `changeOf`. */
export interface CellGain {
  readonly cell: string;
  /** Whether it was trained on, though with other seeds. */
  readonly isTrained: boolean;
  readonly gain: Interval;
}

export interface Tuned {
  readonly plan: TunePlan;
  /** Every param that was searched; none where the defaults won. */
  readonly best: Readonly<Record<string, number>>;
  /** As an experiment's file names the policy with them. */
  readonly yaml: string;
  /** Over the training cells and seeds: optimistic, since the best of many was chosen by it. */
  readonly trained: number;
  /** On held-out seeds, in every cell; null where the defaults won. */
  readonly cells: readonly CellGain[] | null;
  /** Over the held-out cells. */
  readonly overall: Interval | null;
}

/** Told how far a search has come. */
export interface TuneWatcher {
  onPlan(plan: TunePlan): void;
  /** So many candidates are run up to so many replications. */
  onRung(candidates: number, replications: number): void;
}

/**
 * @throws InputError when what is asked for does not fit the experiment; else like `gainsOf`.
 */
export async function tune(
  request: TuneRequest,
  means: ContestMeans,
  watcher: TuneWatcher,
): Promise<Tuned> {
  const { file, policy, goal, candidates, train, heldOut } = request;
  const found = await contendersIn(file, [["--policy", policy]], request.family);
  const { family, registry } = found;
  const [{ choice, params }] = found.contenders;
  const overrides = { seed: request.seed };
  const experiment = readExperiment(file, { registry, overrides });
  const cells = settingsOf(experiment, family);
  const isHeld = heldOutAmong(cells, request.heldOutCells);
  const trainCells = [...cells.keys()].filter((cell) => !isHeld[cell]);
  const judgeCells = isHeld.includes(true)
    ? [...cells.keys()].filter((cell) => isHeld[cell])
    : trainCells;
  const ranges = rangesOf(policy, params, request.params);
  const tried = candidatesIn(choice, ranges, candidates, streams(experiment.seed)("tune"));
  const plan: TunePlan = {
    family,
    ranges,
    candidates: tried.length,
    rungs: rungsTo(train, tried.length),
    train: { seed: experiment.seed, cells: trainCells.map((cell) => cells[cell]) },
    heldOut: {
      seed: heldOutSeed(experiment, request.heldOutSeed),
      cells: judgeCells.map((cell) => cells[cell]),
    },
  };
  watcher.onPlan(plan);

  const ranked = await halve(tried, plan.rungs, async (left, to) => {
    watcher.onRung(left.length, to);
    // What they are compared with comes first, and may be among them.
    const choices = [choice, ...left.filter((each) => each !== choice)];
    const contest = { experiment, family, choices, settings: trainCells };
    const gains = await gainsOf(contest, { from: 0, to }, goal, means);
    const scores = choices.map((_, at) =>
      mean(gains[at].map((byReplication) => meanOf(byReplication, goal))),
    );
    return left.map((each) => scores[choices.indexOf(each)] ?? 0);
  });
  const [{ candidate: best, score: trained }] = ranked;
  const yaml = pasted(family, best, ranges);
  const result = { plan, best: best.params, yaml, trained };
  if (best === choice) return { ...result, cells: null, overall: null };

  const [, gains] = await gainsOf(
    {
      experiment: { ...experiment, seed: plan.heldOut.seed },
      family,
      choices: [choice, best],
      settings: [...cells.keys()],
    },
    { from: 0, to: heldOut },
    goal,
    means,
  );
  const whole = gains.map((byReplication) => complete(byReplication, goal));
  const overall = Array.from(
    { length: heldOut },
    (_, at) => mean(judgeCells.map((cell) => whole[cell][at])) ?? 0,
  );
  return {
    ...result,
    cells: whole.map((values, cell) => ({
      cell: cells[cell],
      isTrained: trainCells.includes(cell),
      gain: meanInterval(values) as Interval,
    })),
    overall: meanInterval(overall),
  };
}

/** The defaults, and others spread over the ranges; each once. */
function candidatesIn(
  choice: PolicyChoice,
  ranges: Readonly<Record<string, SearchRange>>,
  count: number,
  random: Stream,
): PolicyChoice[] {
  const names = Object.keys(ranges);
  const idOf = (values: readonly number[]) => values.join(" ");
  const byValues = new Map([[idOf(names.map((name) => ranges[name].usual ?? 0)), choice]]);
  for (const point of design(names.length, count - 1, random)) {
    const values = names.map((name, at) => valueAt(ranges[name], point[at]));
    const params = Object.fromEntries(names.map((name, at) => [name, values[at]]));
    if (!byValues.has(idOf(values))) byValues.set(idOf(values), { ...choice, params });
  }
  return [...byValues.values()];
}

/** Which cells only judge: those that are named, or every second. A single cell is trained on. */
function heldOutAmong(
  cells: readonly string[],
  named: readonly string[] | undefined,
): readonly boolean[] {
  if (named === undefined) return cells.map((_, at) => at % 2 === 1);
  const unknown = named.filter((name) => !cells.includes(name));
  if (unknown.length > 0) {
    const known = `known: ${cells.join(", ")}`;
    throw new InputError(unknown.map((name) => `--held-out-cell: unknown cell: ${name}; ${known}`));
  }
  const isHeld = cells.map((cell) => named.includes(cell));
  if (isHeld.includes(false)) return isHeld;
  throw new InputError(["--held-out-cell: expected a cell left to train on; got all of them"]);
}

/** The other seed, which must be another, since equal seeds have the same chance. */
function heldOutSeed({ seed }: Experiment, typed: number | undefined): number {
  const other = typed ?? (seed + 1) % 2 ** 32;
  if (other !== seed) return other;
  throw new InputError([`--held-out-seed: expected another than the training's; got ${other}`]);
}

/** @throws InputError when there is nothing to search, or a param is unknown. */
function rangesOf(
  policy: string,
  params: ParamSpecs,
  wanted: readonly string[] | undefined,
): Record<string, SearchRange> {
  const known = Object.keys(params);
  if (known.length === 0) throw new InputError([`--policy: expected params; ${policy} has none`]);
  const unknown = (wanted ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const list = `known: ${known.join(", ")}`;
    throw new InputError(unknown.map((name) => `--params: unknown param: ${name}; ${list}`));
  }
  const names = known.filter((name) => wanted?.includes(name) ?? true);
  return Object.fromEntries(names.map((name) => [name, rangeOf(params[name])]));
}

function rangeOf(spec: ParamSpec): SearchRange {
  const { min: low, max: high, default: usual, unit } = spec;
  const isWhole = unit === "bytes" || unit === "count";
  return { low, high, usual, isWhole, dimension: dimensionOf(spec) ?? null };
}

function pasted(
  family: PolicyFamily,
  { name, params }: PolicyChoice,
  ranges: Readonly<Record<string, SearchRange>>,
): string {
  const values = Object.entries(params).map(([param, value]) => [
    param,
    written(value, ranges[param]),
  ]);
  const choice = values.length === 0 ? name : { [name]: Object.fromEntries(values) };
  return stringify(
    { [family]: choice },
    { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: true },
  )
    .trim()
    .replace(/^\{ (.*) \}$/, "$1");
}

function meanOf(gains: readonly (number | null)[], goal: Goal): number {
  return mean(complete(gains, goal)) ?? 0;
}

/** @throws InputError where a ratio is not defined. */
function complete(gains: readonly (number | null)[], { name }: Goal): number[] {
  const known = gains.filter((gain) => gain !== null);
  if (known.length === gains.length) return known;
  throw new InputError([
    `--metric: expected a metric above zero in every run, so that there are ratios; got ${name}`,
  ]);
}
