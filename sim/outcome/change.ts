import type { MetricName } from "../metrics/metric.ts";
import { formatLevel, formatShare } from "../report/format.ts";
import type { AnswerRow } from "../report/report-data.ts";
import { excludesZero } from "./statistics/interval.ts";
import type { CellSummary, Summary } from "./summary.ts";

/** How far a cell's mean is from that of its baseline, with its interval: shares of the latter. */
export interface Change {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Confidence level of the interval; null where nothing was tested. */
  readonly level: number | null;
  /** Whether it is more than chance explains. */
  readonly isSure: boolean;
}

/**
 * Null without a baseline, where that has nothing of the metric, and where one of the two is known by a
 * lower bound alone.
 */
export function changeFromBaseline(
  { against, metrics, differences }: CellSummary,
  { cells }: Pick<Summary, "cells">,
  name: MetricName,
): Change | null {
  const before = cells.find(({ label }) => label === against)?.metrics[name];
  const difference = differences?.[name];
  if (!before || before.mean === 0 || !difference) return null;
  if (before.isAtLeast || metrics[name]?.isAtLeast) return null;
  const [mean, low, high] = [difference.mean, difference.low, difference.high].map(
    (value) => value / before.mean,
  );
  const { level } = difference;
  return { mean, low, high, level, isSure: level !== null && excludesZero(difference) };
}

/** `−59.6 %` and `−67.0 % to −52.2 %, 99.8 %`, always with signs. */
export function changeTexts({ mean, low, high, level }: Change): NonNullable<AnswerRow["change"]> {
  if (level === null) return { mean: signed(mean), interval: null };
  const interval = `${signed(low)} to ${signed(high)}, ${formatLevel(level)}`;
  return { mean: signed(mean), interval };
}

export function signed(share: number): string {
  return `${share > 0 ? "+" : ""}${formatShare(share)}`;
}
