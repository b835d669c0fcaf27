import type { MetricName } from "../metrics/metric.ts";
import { formatShare } from "../report/format.ts";
import type { CellSummary, Summary } from "./summary.ts";

/** What is declared by chance in at most so many experiments. */
const FALSE_ALARMS = 0.05;

/** How far a cell's mean is from that of its baseline, with its interval: shares of the latter. */
export interface Change {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Whether it is more than chance explains. */
  readonly isSure: boolean;
}

/** Null without a baseline, and where that has nothing of the metric. */
export function changeFromBaseline(
  { against, differences, pHolm }: CellSummary,
  { cells }: Pick<Summary, "cells">,
  name: MetricName,
): Change | null {
  const before = cells.find(({ label }) => label === against)?.metrics[name]?.mean;
  const difference = differences?.[name];
  if (!before || !difference) return null;
  const [mean, low, high] = [difference.mean, difference.low, difference.high].map(
    (value) => value / before,
  );
  return { mean, low, high, isSure: (pHolm?.[name] ?? 1) < FALSE_ALARMS };
}

/** `−59.6 % (−67.0 % to −52.2 %)`, always with its sign. */
export function changeText({ mean, low, high }: Change): string {
  const isBounded = Number.isFinite(low) && Number.isFinite(high);
  return isBounded ? `${signed(mean)} (${signed(low)} to ${signed(high)})` : signed(mean);
}

export function signed(share: number): string {
  return `${share > 0 ? "+" : ""}${formatShare(share)}`;
}
