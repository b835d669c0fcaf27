import { METRICS, type MetricName } from "../metrics/metric.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { differencesOf, hasRequests } from "./cell-values.ts";
import { type Decisions, decideAll } from "./families.ts";
import { type Interval, meanInterval } from "./statistics/interval.ts";
import { differenceTest } from "./statistics/t-test.ts";

/** A difference with the interval at the level at which it was decided among all of its family. */
export interface Difference extends Interval {
  /** Confidence level of the interval; null where nothing was tested: the same decisions, or one pair. */
  readonly level: number | null;
  /** p-value adjusted for the family; null where `level` is. */
  readonly pHolm: number | null;
}

export type Differences = Readonly<Record<MetricName, Difference | null>>;

/**
 * For each cell its paired differences to its baseline, metric by metric; null without a baseline.
 *
 * Cells for which the same one stands, as `standIn` says by number, are compared once, and not at all
 * with a baseline for which it stands too.
 */
export function differencesToBaselines(
  all: readonly CellRuns[],
  baselines: readonly (CellRuns | undefined)[],
  standIn: readonly number[],
): (Differences | null)[] {
  const pairs = all.map((cell, at) => {
    const baseline = baselines[at];
    if (baseline === undefined) return null;
    const [own, other] = [standIn[at], standIn[all.indexOf(baseline)]];
    return { cell, baseline, key: `${own} ${other}`, areAlike: own === other };
  });
  const distinct = new Map(pairs.flatMap((pair) => (pair === null ? [] : [[pair.key, pair]])));
  const decided = decideAll(
    [...distinct.values()],
    ({ cell, baseline, areAlike }, name) =>
      areAlike ? null : differenceTest(differencesOf(cell, baseline, name)),
    hasRequests(all),
  );
  const byKey = new Map([...distinct.keys()].map((key, at) => [key, decided[at]]));
  return pairs.map((pair) => {
    const decisions = pair === null ? undefined : byKey.get(pair.key);
    return pair === null || decisions === undefined
      ? null
      : differencesIn(decisions, (name) => differencesOf(pair.cell, pair.baseline, name));
  });
}

function differencesIn(
  decisions: Decisions,
  valuesOf: (name: MetricName) => readonly number[],
): Differences {
  const all = METRICS.map(({ name }): [MetricName, Difference | null] => {
    const decision = decisions[name];
    if (decision !== null) {
      const { interval, level, pHolm } = decision;
      return [name, { ...interval, level, pHolm }];
    }
    const untested = meanInterval(valuesOf(name));
    return [name, untested === null ? null : { ...untested, level: null, pHolm: null }];
  });
  return Object.fromEntries(all) as Differences;
}
