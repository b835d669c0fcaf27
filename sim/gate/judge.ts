/** Says of every metric of every cell how it compares with its baseline. */
import { mean } from "d3-array";
import type { CheckSpec, Margin } from "../experiment/config/experiment.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { holm, holmLevels } from "../outcome/statistics/correction.ts";
import type { Interval } from "../outcome/statistics/interval.ts";
import { differenceKept } from "./baseline.ts";
import { type PairedTest, pairedTest } from "./pairs.ts";
import type { MetricCheck, Verdict } from "./verdict.ts";

/** What a metric may get worse by where the experiment names no margins. */
export const DEFAULT_MARGIN: Margin = { relative: 0.05 };

/** Probability of calling anything worse, or anything better, in a whole experiment by chance. */
export const ALPHA = 0.05;

/** The 90 % interval lies within a margin when both one-sided tests at 5 % say so (Schuirmann 1987). */
const LEVEL = 1 - 2 * ALPHA;

/** Values of one metric in one cell, replication by replication. */
export interface Series {
  readonly metric: MetricName;
  readonly before: readonly (number | null)[];
  readonly now: readonly (number | null)[];
  /** Whether the replications had the same events in the same order. */
  readonly hasSameEvents: boolean;
}

/** The metrics that can get worse: the others are kept in the baseline and not judged. */
export const JUDGED: readonly MetricName[] = METRICS.filter(({ better }) => better !== "none").map(
  ({ name }) => name,
);

/** The margin of a metric, and whether it decides. Others than those that do are told only. */
export function marginOf(
  check: CheckSpec | undefined,
  metric: MetricName,
): { readonly margin: Margin; readonly decides: boolean } {
  const margins = check?.margins ?? null;
  if (margins === null) return { margin: DEFAULT_MARGIN, decides: true };
  const margin = margins[metric];
  return { margin: margin ?? DEFAULT_MARGIN, decides: margin !== undefined };
}

/**
 * Judges all series of an experiment together, replication i then with replication i now.
 *
 * With D the mean of the differences, turned so that more is worse, and m the margin:
 * - identical: the same events, and the same values;
 * - changed: defined in other replications than it was;
 * - equivalent: the 90 % interval of D lies inside (−m, m), or no value differs;
 * - worse: D is at least m, and D ≤ 0 is rejected at 5 % after Holm's correction over all metrics that
 *   decide in all cells of the experiment; better: the same the other way round;
 * - inconclusive: else. More replications would tell.
 *
 * The interval told is that which decided: of what is equivalent the 90 % one, else that which excludes
 * zero just where Holm's method rejects D ≤ 0 (or D ≥ 0, where D is below it).
 *
 * Metrics that do not decide are a family of their own, so that they cost the others nothing.
 */
export function judge(series: readonly Series[], check: CheckSpec | undefined): MetricCheck[] {
  const tested = series.map((each) => measured(each, check));
  corrected(tested.filter(({ decides }) => decides));
  corrected(tested.filter(({ decides }) => !decides));
  return tested.map(concluded);
}

interface Measured extends Series {
  readonly decides: boolean;
  /** In the metric's unit. */
  readonly margin: number;
  /** 1 where more is worse, -1 where less is. */
  readonly sign: 1 | -1;
  readonly isDefinedAlike: boolean;
  readonly isSame: boolean;
  readonly test: PairedTest | null;
  /** Of D > 0, and of D < 0. */
  readonly worse: OneSided;
  readonly better: OneSided;
}

/** A one-sided test, corrected for all of its family. */
interface OneSided {
  p: number;
  /** The level at which Holm's method decided it. */
  tail: number;
}

function measured(series: Series, check: CheckSpec | undefined): Measured {
  const { before, now, hasSameEvents } = series;
  const { margin, decides } = marginOf(check, series.metric);
  const better = METRICS.find(({ name }) => name === series.metric)?.better;
  const sign = better === "higher" ? -1 : 1;
  const pairs = before.flatMap((old, i): [number, number][] => {
    const after = now[i];
    return old === null || after === null || after === undefined ? [] : [[old, after]];
  });
  const unit = METRICS.find(({ name }) => name === series.metric)?.unit;
  const test = pairedTest(pairs.map(([old, after]) => sign * differenceKept(after, old, unit)));
  const centre = Math.abs(mean(pairs, ([old]) => old) ?? 0);
  const isDefinedAlike = before.every((value, i) => (value === null) === (now[i] === null));
  return {
    ...series,
    decides,
    margin: "absolute" in margin ? margin.absolute : margin.relative * centre,
    sign,
    isDefinedAlike,
    isSame: hasSameEvents && isDefinedAlike && pairs.every(([a, b]) => a === b),
    test,
    worse: { p: test?.pAbove ?? 1, tail: ALPHA },
    better: { p: test?.pBelow ?? 1, tail: ALPHA },
  };
}

/** Corrects for the comparisons that could have come out either way: those of cells that differ. */
function corrected(family: readonly Measured[]): void {
  const open = family.filter(({ isSame, test }) => !isSame && test !== null);
  for (const side of ["worse", "better"] as const) {
    const ps = open.map((each) => each[side].p);
    const corrected = holm(ps);
    const tails = holmLevels(ps, ALPHA, (at, tail) => isRejected(open[at].test, side, tail));
    for (const [at, each] of open.entries()) {
      each[side].p = corrected[at];
      each[side].tail = tails[at];
    }
  }
}

/** Whether the one-sided interval excludes zero on the side of what is `worse`, or of what is better. */
function isRejected(test: PairedTest | null, side: "worse" | "better", tail: number): boolean {
  const { low, high } = test?.intervalAt(1 - 2 * tail) ?? { low: 0, high: 0 };
  return side === "worse" ? low > 0 : high < 0;
}

function concluded(of: Measured): MetricCheck {
  const { metric, decides, margin, sign, test, isSame } = of;
  const verdict = verdictOf(of);
  const side = (test?.intervalAt(LEVEL).mean ?? 0) > 0 ? of.worse : of.better;
  const isDecided = verdict === "worse" || verdict === "better" || verdict === "inconclusive";
  const level = isDecided ? 1 - 2 * side.tail : LEVEL;
  const difference = test === null ? null : turned(test.intervalAt(level), sign);
  const isTested = difference !== null && Number.isFinite(difference.low) && !isSame;
  return {
    metric,
    verdict,
    decides,
    before: meanOf(of.before),
    now: meanOf(of.now),
    difference,
    level: isTested ? level : null,
    margin,
    p: isTested ? side.p : null,
    remark: remarkOf(of),
  };
}

function verdictOf({ isSame, isDefinedAlike, test, margin, worse, better }: Measured): Verdict {
  if (isSame) return "identical";
  if (!isDefinedAlike) return "changed";
  if (test === null) return "equivalent"; // It is not defined in any replication, as it was.
  const { mean: centre, low, high } = test.intervalAt(LEVEL);
  if (centre === 0 && low === high) return "equivalent";
  if (-margin < low && high < margin) return "equivalent";
  if (centre >= margin && isRejected(test, "worse", worse.tail)) return "worse";
  if (centre <= -margin && isRejected(test, "better", better.tail)) return "better";
  return "inconclusive";
}

function remarkOf({ before, now, isDefinedAlike, isSame, hasSameEvents, test }: Measured): string {
  const undefinedIn = (values: readonly (number | null)[]) =>
    values.filter((value) => value === null).length;
  if (!isDefinedAlike) {
    return `undefined in ${undefinedIn(now)} of ${now.length} replications, then in ${undefinedIn(before)}`;
  }
  if (hasSameEvents && !isSame) return "the events are the same: it is computed in another way";
  const isOne = test !== null && !Number.isFinite(test.intervalAt(LEVEL).low);
  return isOne ? "one replication tells nothing of chance" : "";
}

function turned({ mean: centre, low, high }: Interval, sign: 1 | -1): Interval {
  return sign === 1
    ? { mean: centre, low, high }
    : { mean: 0 - centre, low: 0 - high, high: 0 - low };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length < values.length ? null : (mean(defined) ?? null);
}
