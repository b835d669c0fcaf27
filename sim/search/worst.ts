/** Searches for a small scenario in which a policy loses to another. */
import { InputError } from "../engine/input-error.ts";
import { streams } from "../engine/random.ts";
import type { Experiment, PolicyFamily } from "../experiment/config/experiment.ts";
import { isMapping } from "../experiment/config/override.ts";
import { readExperiment, readText } from "../experiment/config/read-experiment.ts";
import { YamlSource } from "../experiment/config/yaml-source.ts";
import { type Interval, meanInterval } from "../outcome/statistics/interval.ts";
import { type ContestMeans, type Goal, gainsOf } from "./contest.ts";
import { design } from "./design.ts";
import { halve, rungsTo } from "./halving.ts";
import { Base, type Scenario, Scenarios } from "./scenario.ts";
import { isSize, scenarioRanges } from "./scenario-ranges.ts";
import { type SearchRange, valueAt } from "./search-range.ts";
import { shrink } from "./shrink.ts";
import { type Contender, contendersIn } from "./typed.ts";

export interface WorstRequest {
  readonly file: string;
  readonly policy: string;
  readonly against: string;
  readonly family: string | undefined;
  readonly goal: Goal;
  /** Scenarios that are tried at first. */
  readonly candidates: number;
  /** By which a scenario is judged. */
  readonly replications: number;
  /** By which the metric must be worse at least, as a share. */
  readonly margin: number;
  /** In place of the experiment's. */
  readonly seed: number | undefined;
  /** As `PATH=LOW..HIGH`. */
  readonly ranges: readonly string[];
}

/** Told how far a search has come. */
export interface WorstWatcher {
  onRanges(ranges: ReadonlyMap<string, SearchRange>): void;
  /** So many scenarios are run up to so many replications. */
  onRung(scenarios: number, replications: number): void;
  /** The policy loses in one, which is now made smaller. */
  onFound(loss: Interval): void;
  onSmaller(experiment: Experiment): void;
  /** A small scenario was no loss on fresh seeds, and a larger one is tried. */
  onRefuted(seed: number): void;
}

/** A scenario in which the policy loses, by seeds that the search has not used. */
export interface Loss {
  readonly scenario: Scenario;
  /** Its experiment, as a document, with the seed that has confirmed it. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly experiment: Experiment;
  readonly seed: number;
  /** Logarithm of the ratio by which the metric is worse, with its 95 % interval. */
  readonly loss: Interval;
  /** Scenarios before it that other fresh seeds did not confirm. */
  readonly refuted: number;
}

export interface Worst {
  readonly family: PolicyFamily;
  readonly ranges: ReadonlyMap<string, SearchRange>;
  /** The experiment itself, as far as scenarios follow it. */
  readonly base: Experiment;
  readonly contenders: readonly Contender[];
  /** Null where none was found. */
  readonly found: Loss | null;
}

/** With fewer replications nothing is known of chance. */
const LEAST = 3;

/** Scenarios in turn that are judged by seeds of their own, before one is made smaller and after. */
const MOST_CONFIRMATIONS = 5;

/** The part of the replications after which a smaller scenario is given up that shows no loss by then. */
const GLIMPSE = 4;

const SEEDS = 2 ** 32;

/** @throws InputError when what is asked for does not fit the experiment; else like `gainsOf`. */
export async function worst(
  request: WorstRequest,
  means: ContestMeans,
  watcher: WorstWatcher,
): Promise<Worst> {
  const { file, policy, against, candidates, replications, goal } = request;
  const named = [["--policy", policy] as const, ["--against", against] as const];
  const { family, registry, contenders } = await contendersIn(file, named, request.family);
  if (policy === against) {
    throw new InputError([`--against: expected another policy; got ${against} twice`]);
  }
  // The whole file is read for its mistakes, at their places.
  const { seed } = readExperiment(file, { registry, overrides: { seed: request.seed } });
  const base = new Base(file, family, [against, policy], registry);
  const ranges = scenarioRanges(base, request.ranges, declaredIn(file));
  watcher.onRanges(ranges);

  const scenarios = new Scenarios(base, ranges);
  const [first, second] = contenders;
  const choices = [second.choice, first.choice];
  const lossesOf = async (all: readonly Scenario[], of: number, to: number) => {
    const experiments = all.map((scenario) => scenarios.experiment(scenario));
    const possible = experiments.filter((each) => each !== null);
    if (possible.length === 0) return all.map(() => null);
    const contest = {
      ...{ experiment: together(possible, of), family, choices },
      settings: [...possible.keys()],
    };
    const [, gains] = await gainsOf(contest, { from: 0, to }, goal, means);
    return experiments.map((each) =>
      each === null ? null : lossIn(gains[possible.indexOf(each)]),
    );
  };
  const isLoss = (loss: Interval | null): loss is Interval =>
    loss !== null && loss.low > Math.log1p(request.margin);

  const all = [ownValues(ranges), ...spread(ranges, candidates - 1, seed)];
  const ranked = await halve(all, rungsTo(replications, all.length, LEAST), async (left, to) => {
    watcher.onRung(left.length, to);
    const losses = await lossesOf(left, seed, to);
    return losses.map((loss) => loss?.low ?? Number.NEGATIVE_INFINITY);
  });

  let [confirmations, refuted] = [0, 0];
  /** Judges a scenario by a seed of its own: null where it is no loss by that. */
  const confirmed = async (scenario: Scenario): Promise<Loss | null> => {
    const fresh = (seed + 1 + confirmations++) % SEEDS;
    const [loss] = await lossesOf([scenario], fresh, replications);
    const experiment = scenarios.experiment(scenario);
    if (isLoss(loss) && experiment !== null) {
      const document = { ...scenarios.document(scenario), seed: fresh, replications };
      return { scenario, document, experiment, seed: fresh, loss, refuted };
    }
    refuted++;
    watcher.onRefuted(fresh);
    return null;
  };

  const result = { family, ranges, base: base.experiment, contenders };
  const least = Math.log1p(request.margin);
  // The smallest are nearest to what is looked for, and fastest to run.
  const losers = ranked.filter(({ score }) => score > least).map(({ candidate }) => candidate);
  losers.sort((a, b) => sizeOf(a, ranges) - sizeOf(b, ranges));
  for (const candidate of losers.slice(0, MOST_CONFIRMATIONS)) {
    const sure = await confirmed(candidate);
    if (sure === null) continue;
    watcher.onFound(sure.loss);
    const smaller = await shrink(candidate, ranges, async (scenario) => {
      const [glimpse] = await lossesOf([scenario], seed, Math.ceil(replications / GLIMPSE));
      if (glimpse === null || glimpse.mean <= least) return false;
      const [loss] = await lossesOf([scenario], seed, replications);
      const experiment = isLoss(loss) ? scenarios.experiment(scenario) : null;
      if (experiment !== null) watcher.onSmaller(experiment);
      return experiment !== null;
    });
    for (const scenario of smaller.slice(1).slice(-MOST_CONFIRMATIONS).reverse()) {
      const small = await confirmed(scenario);
      if (small !== null) return { ...result, found: small };
    }
    return { ...result, found: sure };
  }
  return { ...result, found: null };
}

function declaredIn(file: string): unknown {
  const { value } = new YamlSource(readText(file));
  return isMapping(value) ? value["ranges"] : undefined;
}

/** The experiment's own values, but for sizes beyond their ranges. */
function ownValues(ranges: ReadonlyMap<string, SearchRange>): Scenario {
  const large = [...ranges].filter(
    ([path, { usual, high }]) => isSize(path) && usual !== null && usual > high,
  );
  return new Map(large.map(([path, { high }]) => [path, high]));
}

/** Customers and volunteers, as far as there are ranges of them. */
function sizeOf(scenario: Scenario, ranges: ReadonlyMap<string, SearchRange>): number {
  const sizes = [...ranges].filter(([path]) => isSize(path));
  return sizes.reduce((sum, [path, { usual }]) => sum + (scenario.get(path) ?? usual ?? 0), 0);
}

/** Values anywhere in the ranges; of sizes small ones are likelier, since scenarios are to be small. */
function spread(ranges: ReadonlyMap<string, SearchRange>, count: number, seed: number): Scenario[] {
  const all = [...ranges];
  return design(all.length, count, streams(seed)("worst")).map((point) => {
    const shareOf = (path: string, at: number) => (isSize(path) ? point[at] ** 2 : point[at]);
    return new Map(all.map(([path, range], at) => [path, valueAt(range, shareOf(path, at))]));
  });
}

/** Experiments as variants of one, with one seed. */
function together(all: readonly Experiment[], seed: number): Experiment {
  const variants = all.map(({ system, workload, window, policies }, at) => ({
    ...{ levels: { scenario: `${at}` }, system, workload, window, policies },
  }));
  const levels = variants.map((_, at) => `${at}`);
  return { ...all[0], seed, vary: { axes: [{ name: "scenario", levels }], variants } };
}

/** Null where any run does not tell. */
function lossIn(gains: readonly (number | null)[]): Interval | null {
  const losses = gains.flatMap((gain) => (gain === null ? [] : [-gain]));
  return losses.length < gains.length ? null : meanInterval(losses);
}
