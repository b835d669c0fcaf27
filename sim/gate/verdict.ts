import type { MetricName } from "../metrics/metric.ts";
import type { Interval } from "../outcome/statistics/interval.ts";

/** What came of a comparison with the baseline, from the best to the worst. */
export const VERDICTS = [
  "identical",
  "equivalent",
  "better",
  "inconclusive",
  "worse",
  "changed",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A metric of a cell, then and now. */
export interface MetricCheck {
  readonly metric: MetricName;
  readonly verdict: Verdict;
  /** Whether it decides; the others are told only. */
  readonly decides: boolean;
  /** Means, in the metric's unit; null where it is not defined in every replication. */
  readonly before: number | null;
  readonly now: number | null;
  /** Now less then, paired, with its interval at `level`; null where there is no pair. */
  readonly difference: Interval | null;
  /** Confidence level at which the verdict was decided; null where none was. */
  readonly level: number | null;
  /** How far it may go in the bad direction, in the metric's unit. */
  readonly margin: number;
  /**
   * Corrected for the number of comparisons: how likely so bad (or good) a difference is by chance; null
   * where nothing differs, and where one replication tells nothing of chance.
   */
  readonly p: number | null;
  /** What the numbers do not say; empty if nothing. */
  readonly remark: string;
}

/** The worst of the verdicts; identical if there is none. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let found = 0;
  for (const verdict of verdicts) found = Math.max(found, VERDICTS.indexOf(verdict));
  return VERDICTS[found];
}
