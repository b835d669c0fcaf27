import { METRICS, type MetricName } from "../../metrics/metric.ts";
import { type Comparison, compare } from "../../report/comparison.ts";
import type { Direction, Estimate } from "../../report/report-data.ts";
import type { CellRuns } from "../../runner/cell-runs.ts";
import { valuesOf } from "../cell-values.ts";
import { estimateOf } from "../estimate.ts";
import type { StoredRun } from "../results/run-folder.ts";
import { holm } from "../statistics/correction.ts";
import { type Interval, pairedDifference, pairedDifferences } from "../statistics/interval.ts";
import { meanIsZero } from "../statistics/t-test.ts";
import { type WelchTest, welchTest } from "../statistics/welch.ts";
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
  /** After less before; paired where chance is common, else by Welch. */
  readonly difference: Interval | null;
  /** Its p-value, adjusted by Holm's method for all cells that are compared by the metric. */
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
  const byMetric = METRICS.map(({ name, better }) => ({
    name,
    changes: changes(pairs, name, better),
  }));
  return pairs.map(({ before, after, isPaired: paired }, at) => {
    const shared = Math.min(before.runs.length, after.runs.length);
    return {
      label: before.cell.label,
      runs: paired ? [shared, shared] : [before.runs.length, after.runs.length],
      isPaired: paired,
      changes: Object.fromEntries(
        byMetric.map(({ name, changes: all }) => [name, all[at]]),
      ) as CellComparison["changes"],
    };
  });
}

/** The changes of one metric, cell by cell. */
function changes(pairs: readonly Pair[], name: MetricName, better: Direction): Change[] {
  const tests = pairs.map(({ before, after, isPaired: paired }) => {
    const [was, is] = [valuesOf(before, name), valuesOf(after, name)];
    return paired ? pairedTest(is, was) : welchTest(defined(is), defined(was));
  });
  const adjusted = holm(tests.filter((test) => test !== null).map(({ p }) => p));
  let next = 0;
  return pairs.map(({ before, after, horizons: [from, to] }, at) => {
    const pHolm = tests[at] === null ? null : adjusted[next++];
    const intervals = {
      before: estimateOf(before, name, from),
      after: estimateOf(after, name, to),
    };
    const difference = tests[at]?.difference ?? null;
    const isDefined = intervals.before !== null && intervals.after !== null && difference !== null;
    return isDefined
      ? { ...intervals, difference, pHolm, says: compare(difference, better, pHolm) }
      : { ...intervals, difference: null, pHolm: null, says: "undefined" };
  });
}

function pairedTest(
  values: readonly (number | null)[],
  baseline: readonly (number | null)[],
): WelchTest | null {
  const difference = pairedDifference(values, baseline);
  const p = meanIsZero(pairedDifferences(values, baseline));
  return difference === null || p === null ? null : { difference, p };
}

function defined(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
