import { METRICS, type Metric, type MetricName } from "../../metrics/metric.ts";
import { type Comparison, compare } from "../../report/comparison.ts";
import type { DecidedInterval, Estimate } from "../../report/report-data.ts";
import type { CellRuns } from "../../runner/cell-runs.ts";
import { completeValues, differencesOf, hasRequests, unitOf } from "../cell-values.ts";
import { estimateOf } from "../estimate.ts";
import { decideAll } from "../families.ts";
import type { StoredRun } from "../results/run-folder.ts";
import type { Decision } from "../statistics/holm-intervals.ts";
import { meanInterval } from "../statistics/interval.ts";
import { differenceTest } from "../statistics/t-test.ts";
import { welchDifferenceTest, welchTest } from "../statistics/welch.ts";
import { type ChangedSetting, changedSettings } from "./changed-settings.ts";
import { isPaired } from "./pairing.ts";

/** What changed from one run to another. */
export interface RunComparison {
  readonly before: StoredRun;
  readonly after: StoredRun;
  /** Equal fingerprints: every event of every run is the same. */
  readonly isIdentical: boolean;
  readonly settings: readonly ChangedSetting[];
  /** Cells of both, by label. */
  readonly cells: readonly CellComparison[];
  /** Labels of cells that only one run has. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export interface CellComparison {
  readonly label: string;
  /** Replications that were compared in each. */
  readonly runs: readonly [number, number];
  /** Whether both met the same chance, so that differences are taken pair by pair. */
  readonly isPaired: boolean;
  readonly changes: Readonly<Record<MetricName, Change>>;
}

/** Of one metric of one cell. An interval is null where the metric is not defined in every run. */
export interface Change {
  readonly before: Estimate | null;
  readonly after: Estimate | null;
  /**
   * After less before; paired where chance is common, else by Welch. Its interval has the level at which
   * it was decided, or null where nothing was tested.
   */
  readonly difference: DecidedInterval | null;
  /** Its p-value, adjusted by Holm's method for all that is compared; null where nothing was tested. */
  readonly pHolm: number | null;
  readonly says: Comparison | "undefined";
}

/** What changed in each of the later runs against the first. */
export function compareRuns([before, ...others]: readonly StoredRun[]): RunComparison[] {
  return others.map((after) => {
    const labels = (of: StoredRun) => of.all.map(({ cell }) => cell.label);
    const [had, has] = [labels(before), labels(after)];
    return {
      before,
      after,
      isIdentical: before.manifest.fingerprint === after.manifest.fingerprint,
      settings: changedSettings(before.manifest.experiment, after.manifest.experiment),
      cells: compareCells(
        had.filter((label) => has.includes(label)).map((of) => pairOf(before, after, of)),
      ),
      removed: had.filter((label) => !has.includes(label)),
      added: has.filter((label) => !had.includes(label)),
    };
  });
}

/** One cell in both runs. */
interface Pair {
  readonly before: CellRuns;
  readonly after: CellRuns;
  readonly isPaired: boolean;
  /** Seconds at which times are cut, in each run. */
  readonly horizons: readonly [before: number, after: number];
}

function pairOf(before: StoredRun, after: StoredRun, label: string): Pair {
  const [was, is] = [before, after].map(({ all }) => {
    const found = all.find(({ cell }) => cell.label === label);
    if (found === undefined) throw new Error(`no cell ${label}`);
    return found;
  });
  const [a, b] = [
    { manifest: before.manifest, variant: was.cell.variant },
    { manifest: after.manifest, variant: is.cell.variant },
  ];
  const [from, to] = [before, after].map(({ manifest }) => manifest.experiment.measure.horizon);
  return { before: was, after: is, isPaired: isPaired(a, b), horizons: [from, to] };
}

function compareCells(pairs: readonly Pair[]): CellComparison[] {
  const keys = pairs.map(keyOf);
  const distinct = new Map(pairs.map((pair, at) => [keys[at], pair]));
  const isServing = hasRequests(pairs.flatMap(({ before, after }) => [before, after]));
  const decided = decideAll([...distinct.values()], testOf, isServing);
  const byKey = new Map([...distinct.keys()].map((key, at) => [key, decided[at]]));
  return pairs.map((pair, at) => {
    const { before, after, isPaired: paired } = pair;
    const shared = Math.min(before.runs.length, after.runs.length);
    const decisions = byKey.get(keys[at]);
    const changes = METRICS.map((metric) => [
      metric.name,
      changeOf(pair, metric, decisions?.[metric.name] ?? null),
    ]);
    return {
      label: before.cell.label,
      runs: paired ? [shared, shared] : [before.runs.length, after.runs.length],
      isPaired: paired,
      changes: Object.fromEntries(changes) as CellComparison["changes"],
    };
  });
}

/** Pairs of cells that decided alike in both runs have one key, and are compared once. */
function keyOf({ before, after }: Pair): string {
  const told = [before, after].map(({ cell, runs }) => [
    cell.variant,
    ...runs.map(({ fingerprint }) => fingerprint),
  ]);
  return JSON.stringify(told);
}

/** The test of a metric; null where it is not defined in every run, or too few tell nothing. */
function testOf({ before, after, isPaired: paired }: Pair, name: MetricName) {
  const [was, is] = [completeValues(before, name), completeValues(after, name)];
  if (was.length === 0 || is.length === 0) return null;
  return paired
    ? differenceTest(differencesOf(after, before, name))
    : welchDifferenceTest(is, was, unitOf(name));
}

function changeOf(
  pair: Pair,
  { name, better }: Metric & { name: MetricName },
  of: Decision | null,
): Change {
  const intervals = {
    before: estimateOf(pair.before, name, pair.horizons[0]),
    after: estimateOf(pair.after, name, pair.horizons[1]),
  };
  if (of !== null) {
    const { interval, level, pHolm } = of;
    const says = compare(interval, better);
    return { ...intervals, difference: { ...interval, level }, pHolm, says };
  }
  const untested = untestedDifference(pair, name);
  return untested === null || intervals.before === null || intervals.after === null
    ? { ...intervals, difference: null, pHolm: null, says: "undefined" }
    : { ...intervals, difference: { ...untested, level: null }, pHolm: null, says: "untested" };
}

/** What was seen where nothing can be tested. */
function untestedDifference({ before, after, isPaired: paired }: Pair, name: MetricName) {
  if (paired) return meanInterval(differencesOf(after, before, name));
  const [was, is] = [completeValues(before, name), completeValues(after, name)];
  return welchTest(is, was, 0.95, unitOf(name))?.difference ?? null;
}
