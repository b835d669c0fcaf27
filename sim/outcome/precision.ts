import type { Experiment, UntilSpec } from "../experiment/config/experiment.ts";
import { METRICS, type MetricName } from "../metrics/metric.ts";
import { formatShare, formatValue } from "../report/format.ts";
import type { CellRuns } from "../runner/cell-runs.ts";
import { baselineOf } from "./baseline.ts";
import { differencesOf, intervalOf } from "./cell-values.ts";
import { type Interval, meanInterval } from "./statistics/interval.ts";

/** How precise the metric of `until` has become. */
export interface Precision extends UntilSpec {
  readonly replications: number;
  /** Whether every 95 % interval of the metric is as narrow as is asked. */
  readonly isReached: boolean;
  /** The widest interval by what is asked; null where no cell has the metric in every run. */
  readonly widest: HalfInterval | null;
}

interface HalfInterval {
  readonly cell: string;
  readonly of: "mean" | "difference";
  /** Half the width, in the metric's unit. */
  readonly absolute: number;
  /** The same as a share of the cell's mean, or of its baseline's for a difference. */
  readonly relative: number;
}

/** The intervals of `until`: those of every cell and of every difference. Null without `until`. */
export function precisionOf(experiment: Experiment, all: readonly CellRuns[]): Precision | null {
  const { until } = experiment;
  if (until === undefined) return null;
  const { metric, halfWidth } = until;
  const measure = (half: HalfInterval) =>
    "absolute" in halfWidth
      ? half.absolute / halfWidth.absolute
      : half.relative / halfWidth.relative;
  const halves = all.flatMap((cell) =>
    halvesOf(cell, baselineOf(experiment, all, cell.cell), metric),
  );
  const widest = halves.reduce<HalfInterval | null>(
    (most, half) => (most === null || measure(half) > measure(most) ? half : most),
    null,
  );
  return {
    ...until,
    replications: all[0]?.runs.length ?? 0,
    isReached: widest === null || measure(widest) <= 1,
    widest,
  };
}

/** The precision in a sentence. */
export function precisionText({ metric, halfWidth, max, ...now }: Precision): string {
  const unit = METRICS.find(({ name }) => name === metric)?.unit ?? "";
  const runs = `${now.replications} replications`;
  if (now.widest === null) return `${runs}: no cell has ${metric}, by which there could be more`;
  const isShare = "relative" in halfWidth;
  const asked = isShare ? formatShare(halfWidth.relative) : formatValue(halfWidth.absolute, unit);
  if (now.isReached) return `${runs}: every 95 % interval of ${metric} is within ±${asked}`;
  const { cell, of, absolute, relative } = now.widest;
  const found = isShare ? formatShare(relative) : formatValue(absolute, unit);
  const whose = of === "mean" ? cell : `the difference of ${cell}`;
  return (
    `${runs}, of at most ${max}: the 95 % interval of ${metric} is ±${found} for ${whose}, ` +
    `where ±${asked} was asked for`
  );
}

function halvesOf(cell: CellRuns, baseline: CellRuns | undefined, name: MetricName) {
  const { label } = cell.cell;
  const own = intervalOf(cell, name);
  const mean = own === null ? [] : [halfOf(label, "mean", own, own.mean)];
  const before = baseline === undefined ? null : intervalOf(baseline, name);
  if (own === null || baseline === undefined || before === null) return mean;
  const difference = meanInterval(differencesOf(cell, baseline, name));
  return difference === null
    ? mean
    : [...mean, halfOf(label, "difference", difference, before.mean)];
}

function halfOf(
  cell: string,
  of: HalfInterval["of"],
  { mean, high }: Interval,
  scale: number,
): HalfInterval {
  const absolute = high - mean;
  return { cell, of, absolute, relative: absolute === 0 ? 0 : absolute / Math.abs(scale) };
}
