/** What every format of `sim check` says, in words. */

import type { CellCheck, ExperimentCheck } from "../../gate/check-experiment.ts";
import type { CheckReport } from "../../gate/check-files.ts";
import { causeOf, momentText } from "../../gate/events/words.ts";
import { type MetricCheck, VERDICTS, type Verdict, worst } from "../../gate/verdict.ts";
import { METRICS } from "../../metrics/metric.ts";
import { differenceTexts, formatLevel, formatShare, formatValue } from "../../report/format.ts";

/** A report with what the command line asks of it. */
export interface Shown extends CheckReport {
  /** Whether what is inconclusive fails. */
  readonly strict: boolean;
  /** Whether metrics are shown that are identical or do not decide. */
  readonly all: boolean;
}

export type Format = (shown: Shown) => string;

/** Whether the check fails: something is worse or another experiment. */
export function fails(verdict: Verdict, strict: boolean): boolean {
  const failing: readonly Verdict[] = strict
    ? ["worse", "changed", "inconclusive"]
    : ["worse", "changed"];
  return failing.includes(verdict);
}

export function overall({ checks }: CheckReport): Verdict {
  return worst(checks.map(({ verdict }) => verdict));
}

/** The metrics of a cell that are worth a line. */
export function shownMetrics({ metrics }: CellCheck, all: boolean): readonly MetricCheck[] {
  return metrics.filter(({ decides, verdict }) => all || (decides && verdict !== "identical"));
}

/** `61 comparisons: 60 identical, 1 worse`, of the metrics that decide. */
export function countsText(checks: readonly ExperimentCheck[]): string {
  const verdicts = checks.flatMap(({ cells }) => cells.flatMap(deciding));
  const counts = VERDICTS.map((verdict) => ({
    verdict,
    count: verdicts.filter((each) => each === verdict).length,
  })).filter(({ count }) => count > 0);
  const named = counts.map(({ verdict, count }) => `${count} ${verdict}`);
  return `${verdicts.length} comparisons: ${named.join(", ") || "none"}`;
}

export function deciding({ metrics }: CellCheck): Verdict[] {
  return metrics.filter(({ decides }) => decides).map(({ verdict }) => verdict);
}

/** The numbers of a comparison, for people. */
export function numbersOf({ metric, before, now, difference, level, margin, p }: MetricCheck) {
  const unit = METRICS.find(({ name }) => name === metric)?.unit ?? "ratio";
  const value = (of: number | null) => (of === null ? "–" : formatValue(of, unit));
  const texts = difference === null ? null : differenceTexts(difference, unit);
  const at = level === null ? "" : ` at ${formatLevel(level)}`;
  const bounds = texts?.bounds == null ? "" : ` (${texts.bounds}${at})`;
  return {
    before: value(before),
    now: value(now),
    share: shareText(before, difference?.mean),
    difference: texts === null ? "–" : texts.mean + bounds,
    margin: formatValue(margin, unit),
    p: p === null ? "" : p < 0.0001 ? "<0.0001" : p.toFixed(4),
  };
}

function shareText(before: number | null, difference: number | undefined): string {
  if (before === null || before === 0 || difference === undefined) return "";
  const share = difference / Math.abs(before);
  return (share > 0 ? "+" : "") + formatShare(share);
}

/** A comparison in a sentence: `server.bytes is worse: 6.5 GB → 7.2 GB, +0.7 GB (…), margin …`. */
export function metricText(check: MetricCheck): string {
  const { before, now, difference, margin } = numbersOf(check);
  const numbers = `${before} → ${now}, ${difference}, margin ${margin}`;
  const remark = check.remark === "" ? "" : `; ${check.remark}`;
  return `${check.metric} is ${check.verdict}: ${numbers}${remark}`;
}

/** Where the events of a cell part from the baseline's, a line each; nothing where they do not. */
export function partingLines({ parting, differing }: CellCheck, replications: number): string[] {
  if (differing.length === 0) return [];
  const which =
    differing.length === replications
      ? "every replication differs"
      : `replications that differ: ${differing.join(", ")}`;
  if (parting === null) {
    const isKept = differing.includes(0);
    return [isKept ? which : `${which}; events are kept of replication 0 alone`];
  }
  const { difference } = parting;
  const cause = causeOf(parting);
  if (difference.kind === "none") return [which, cause];
  if (difference.kind === "event") {
    const place = difference.at < 0 ? "before its first event" : `at event ${difference.at}`;
    return [
      `${which}; replication 0 parts ${place}`,
      `expected  ${momentText(difference.expected)}`,
      `found     ${momentText(difference.found)}`,
      cause,
    ];
  }
  const { at, found } = difference;
  return [
    `${which}; replication 0 parts between events ${Math.max(at, 0)} and ${at + found.length - 1}`,
    `found     ${momentText(found[0] ?? null)}`,
    `to        ${momentText(found.at(-1) ?? null)}`,
    `${cause}; --trace-old names it`,
  ];
}

/** What is known of the baseline: `baseline of 0123456789ab, version 0.1.0`. */
export function originText({ commit, version }: ExperimentCheck): string {
  return `baseline of ${commit === null ? `version ${version}` : shortCommit(commit)}`;
}

function shortCommit(commit: string): string {
  return commit.slice(0, 12) + (commit.endsWith("+") ? "+" : "");
}

/** What heads the comparisons of metrics, in every format for people. */
export const COMPARED: readonly string[] = [
  "policy",
  "metric",
  "verdict",
  "before",
  "now",
  "change",
  "difference",
  "margin",
];
