import jstat from "jstat";
import { type Stream, streams } from "../engine/random.ts";
import { METRICS, type MetricName, mainMetrics, metricNamed } from "../metrics/metric.ts";
import { decideAll } from "../outcome/families.ts";
import { holm } from "../outcome/statistics/correction.ts";
import { type DifferenceTest, FALSE_ALARMS } from "../outcome/statistics/holm-intervals.ts";
import { excludesZero, pairedDifferences } from "../outcome/statistics/interval.ts";
import { differenceTest } from "../outcome/statistics/t-test.ts";
import { welchDifferenceTest } from "../outcome/statistics/welch.ts";
import { type Measures, smallRun } from "./small-world.ts";

/** How often a metric was said to differ between policies that are one and the same. */
export interface MetricAlarms {
  /** The share of the single comparisons with a p-value below 5 %. */
  readonly alone: number;
  /** The share of the experiments with a difference in it, were it a family of its own. */
  readonly family: number;
  /** How likely so many are by chance if 5 % is true, corrected for all metrics. */
  readonly p: number;
}

export interface Alarms {
  readonly metrics: ReadonlyMap<MetricName, MetricAlarms>;
  /** The share of the experiments in which any main metric of any policy was said to differ. */
  readonly main: number;
  /** Differences of which verdict, interval and adjusted p-value did not say the same. */
  readonly contradictions: number;
}

export interface FalseAlarms {
  /** Of policies in one experiment, which meet the same chance: Student's t of pairs. */
  readonly paired: Alarms;
  /** Of one run of an experiment with another of another seed: Welch's. */
  readonly unpaired: Alarms;
  /** Skewness of each metric over the runs; null where it is always the same, or never defined. */
  readonly skewness: ReadonlyMap<MetricName, number | null>;
}

/** Policies that are compared with a first one, and runs of each. */
const [POLICIES, RUNS] = [4, 5];

/** For each policy, the first of which is the baseline, its runs. */
type Cells = readonly (readonly Measures[])[];

/**
 * Experiments in which all policies are random dispatch, and what is said of them. In each, runs of a
 * replication meet the same visits, files, churn and misconduct, and decide by streams of their own.
 */
export function falseAlarms(experiments: number): FalseAlarms {
  const all = Array.from({ length: experiments }, (_, at) => cellsOf(at));
  const paired = all.map((cells) => {
    const [baseline, ...policies] = cells;
    return policies.map((policy) => ({ policy, baseline }));
  });
  // The same policies with other seeds: pairs of replications have nothing in common.
  const unpaired = all.map((cells, number) => {
    const others = all[(number + 1) % experiments];
    return cells.slice(1).map((policy, at) => ({ policy, baseline: others[at + 1] }));
  });
  return {
    paired: alarmsOf(paired, ({ policy, baseline }, name) =>
      differenceTest(pairedDifferences(values(policy, name), values(baseline, name), unitOf(name))),
    ),
    unpaired: alarmsOf(unpaired, ({ policy, baseline }, name) =>
      welchDifferenceTest(defined(policy, name), defined(baseline, name), unitOf(name)),
    ),
    skewness: new Map(
      METRICS.map(({ name }) => [
        name,
        skewnessOf(all.flat().flatMap((runs) => defined(runs, name))),
      ]),
    ),
  };
}

function cellsOf(experiment: number): Cells {
  const policies = Array.from({ length: POLICIES + 1 }, (_, policy) => policy);
  const replications = Array.from({ length: RUNS }, (_, run) => `${experiment}/${run}`);
  return policies.map((policy) =>
    replications.map((replication) => {
      const [common, own] = [streams(replication), streams(`${replication}/${policy}`)];
      return smallRun((name): Stream => (DECIDING.has(name) ? own : common)(name));
    }),
  );
}

/** What policies draw by, and no model does. */
const DECIDING: ReadonlySet<string> = new Set(["dispatch", "trust"]);

interface Comparison {
  readonly policy: readonly Measures[];
  readonly baseline: readonly Measures[];
}

function alarmsOf(
  experiments: readonly (readonly Comparison[])[],
  testOf: (comparison: Comparison, name: MetricName) => DifferenceTest | null,
): Alarms {
  const main = mainMetrics(true);
  const counts = new Map(METRICS.map(({ name }) => [name, { alone: 0, tests: 0, families: 0 }]));
  let [mains, contradictions] = [0, 0];
  for (const comparisons of experiments) {
    const tests = new Map(
      comparisons.map((of) => [
        of,
        new Map(
          METRICS.map(({ name }): [MetricName, DifferenceTest | null] => [name, testOf(of, name)]),
        ),
      ]),
    );
    const known = (of: Comparison, name: MetricName) => tests.get(of)?.get(name) ?? null;
    const decided = decideAll(comparisons, known, true);
    for (const [name, count] of counts) {
      const ps = comparisons.flatMap((of) => known(of, name)?.p ?? []);
      count.tests += ps.length;
      count.alone += ps.filter((p) => p < FALSE_ALARMS).length;
      if (holm(ps).some((p) => p < FALSE_ALARMS)) count.families++;
    }
    const isCalled = (name: MetricName) =>
      decided.some((of) => of[name] !== null && excludesZero(of[name].interval));
    if (main.some(isCalled)) mains++;
    contradictions += decided
      .flatMap((of) => METRICS.map(({ name }) => of[name]))
      .filter((of) => of !== null && excludesZero(of.interval) !== of.pHolm < FALSE_ALARMS).length;
  }
  const n = experiments.length;
  const names = [...counts.keys()];
  const ps = holm(names.map((name) => chanceOf((counts.get(name)?.families ?? 0) / n, n)));
  const metrics = names.map((name, at): [MetricName, MetricAlarms] => {
    const { alone, tests, families } = counts.get(name) ?? { alone: 0, tests: 0, families: 0 };
    return [name, { alone: tests === 0 ? 0 : alone / tests, family: families / n, p: ps[at] }];
  });
  return { metrics: new Map(metrics), main: mains / n, contradictions };
}

/** How likely chance makes a share of `n` experiments so high when 5 % is true (normal approximation). */
function chanceOf(share: number, n: number): number {
  const error = Math.sqrt((FALSE_ALARMS * (1 - FALSE_ALARMS)) / n);
  return 1 - jstat.normal.cdf((share - FALSE_ALARMS) / error, 0, 1);
}

function unitOf(name: MetricName): string {
  return metricNamed(name).unit;
}

function values(runs: readonly Measures[], name: MetricName): (number | null)[] {
  return runs.map((run) => run[name]);
}

function defined(runs: readonly Measures[], name: MetricName): number[] {
  return values(runs, name).filter((value) => value !== null);
}

/** The third standardised moment. */
function skewnessOf(observations: readonly number[]): number | null {
  const n = observations.length;
  const mean = observations.reduce((sum, value) => sum + value, 0) / n;
  const moment = (power: number) =>
    observations.reduce((sum, value) => sum + (value - mean) ** power, 0) / n;
  const variance = moment(2);
  return n === 0 || variance === 0 ? null : moment(3) / variance ** 1.5;
}
