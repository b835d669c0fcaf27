import type { MetricName } from "../metrics/metric.ts";
import {
  formatInterval,
  formatLevel,
  formatMean,
  formatShare,
  formatValue,
} from "../report/format.ts";
import type { Estimate } from "../report/report-data.ts";
import { changeFromBaseline, signed } from "./change.ts";
import { wordsFor } from "./main-words.ts";
import { namesListed } from "./names-listed.ts";
import { ranges } from "./ranges.ts";
import { isEqual, type Standing, standings } from "./standings.ts";
import type { CellSummary, Summary } from "./summary.ts";
import { winnersInWords } from "./winners-in-words.ts";

/** A share that would be told as 0.0 % is not told. */
const LEAST_TOLD = 0.0005;

/** How many cells that cannot be told apart are named; the table beside the answer has them all. */
export const MOST_RIVALS = 2;

const SINGLE = "A single run of each says nothing of chance.";

/**
 * The answer in a few sentences: who is best by the first of the main metrics, by how much, how
 * sure that is, and what it changes and costs in the others. Where settings vary, in how many of their
 * combinations which are best; there, of single runs, and where there is nothing to compare, between
 * what the main metrics lie.
 */
export function verdict(summary: Summary): string {
  const [main, ...others] = standings(summary);
  if (main === undefined) {
    const seen = [winnersInWords(summary), ranges(summary)].filter(Boolean).join(" ");
    return summary.replications > 1 || seen === "" ? seen : `${seen} ${SINGLE}`;
  }
  const [best] = main.ranked;
  const sentences = [
    lead(main, summary),
    sureness(main),
    besides(best, others, summary),
    price(best, others),
  ];
  return sentences.filter((sentence) => sentence !== null).join(" ");
}

/** Who is best, and by how much: how far ahead of its baseline, and of the next. */
function lead({ metric: name, ranking, ranked }: Standing, summary: Summary): string {
  const [best, next] = ranked;
  const { unit, better } = ranking;
  const interval = best.metrics[name];
  const isBaseline = summary.cells.some(({ against }) => against === best.label);
  const clauses = [
    aheadOfBaseline(best, summary, name, better),
    next === undefined || next.label === best.against
      ? null
      : aheadOfNext(best, next, name, better),
  ].filter((clause) => clause !== null);
  const who = isBaseline ? `${nameOf(best)}, the baseline itself,` : nameOf(best);
  const value = interval === null ? "" : `: ${meanText(interval, unit)}`;
  const ahead = clauses.length === 0 ? "" : `, ${clauses.join(", and ")}`;
  return `${who} ${wordsFor(name).feat}${value}${ahead}.`;
}

/** How sure it is that the best is the best. */
function sureness({ metric: name, ranking, ranked, rivals }: Standing): string {
  const [best, ...others] = ranked;
  const { unit, probability, within } = ranking;
  const sure = `${100 * probability} % confidence`;
  if (rivals.length === 0) {
    const whom = ["", "the other", "both others"][others.length] ?? `all ${others.length} others`;
    return `With ${sure} it is ahead of ${whom}.`;
  }
  const mean = best.metrics[name]?.mean ?? 0;
  const ties = others.filter((cell) => isEqual(cell, best, name));
  if (ties.length === rivals.length && ties.every(({ label }) => rivals.includes(label))) {
    return `So ${ties.length === 1 ? "does" : "do"} ${namesListed(rivals, MOST_RIVALS)}.`;
  }
  // Were it as much as the value itself, it would tell nothing.
  const stake =
    within < Math.abs(mean)
      ? `; at worst it is ${formatValue(within, unit)} off the truly best`
      : "";
  return `With ${sure} it cannot be told apart from ${namesListed(rivals, MOST_RIVALS)}${stake}.`;
}

/** The cell's label, with those that decided alike. */
function nameOf({ label, alike }: CellSummary): string {
  const others = alike.filter((other) => other !== label);
  return others.length === 0 ? label : `${label} (also ${namesListed(others)})`;
}

/** The mean, with its interval where that says anything. */
export function meanText(estimate: Estimate, unit: string): string {
  const isExact = estimate.low === estimate.high;
  return isExact ? formatMean(estimate, unit) : formatInterval(estimate, unit);
}

type Better = Standing["ranking"]["better"];

const than = (better: Better, label: string) =>
  `${better === "lower" ? "less" : "more"} than under ${label}`;

function aheadOfBaseline(best: CellSummary, summary: Summary, name: MetricName, better: Better) {
  const change = changeFromBaseline(best, summary, name);
  if (change === null) return null;
  const { mean, low, high, level, isSure } = change;
  const sign = better === "lower" ? -1 : 1;
  const ends = [sign * low, sign * high].sort((a, b) => a - b).map(formatShare);
  const interval = level === null ? "" : ` (${formatLevel(level)} interval ${ends.join(" to ")})`;
  const doubt = isSure ? "" : ", which chance may explain";
  const whom = `${best.against}, the baseline`;
  return `${formatShare(sign * mean)} ${than(better, whom)}${interval}${doubt}`;
}

/** Null where the two are as good as alike. */
function aheadOfNext(best: CellSummary, next: CellSummary, name: MetricName, better: Better) {
  const [value, after] = [best.metrics[name]?.mean, next.metrics[name]?.mean];
  if (value === undefined || !after) return null;
  const share = Math.abs((value - after) / after);
  return share < LEAST_TOLD
    ? null
    : `${formatShare(share)} ${than(better, `${next.label}, the next`)}`;
}

/** What the best surely changes against its baseline in the other main metrics. */
function besides(best: CellSummary, others: readonly Standing[], summary: Summary): string | null {
  const changes = others.flatMap(({ metric }) => {
    const change = changeFromBaseline(best, summary, metric);
    const isTold = change?.isSure === true && Math.abs(change.mean) >= LEAST_TOLD;
    return isTold ? [`${wordsFor(metric).noun} by ${signed(change.mean)}`] : [];
  });
  return changes.length === 0
    ? null
    : `Against the baseline it also changes ${namesListed(changes)}.`;
}

/** What the best costs in the other main metrics: where another is surely better. */
function price({ label, metrics }: CellSummary, others: readonly Standing[]): string | null {
  const known = others.filter(({ metric, isTied }) => metrics[metric] !== null && !isTied);
  const lost = known.filter(({ ranking }) => !ranking.among.includes(label));
  if (known.length === 0) return null;
  if (lost.length === 0) return "In none of the other main metrics is another surely better.";
  const clauses = lost.map(({ metric: name, ranking: { unit }, ranked: [best] }) => {
    const text = (estimate: Estimate | null) =>
      estimate === null ? "not known" : formatMean(estimate, unit);
    const instead = `${text(best.metrics[name])} under ${best.label}`;
    return `${wordsFor(name).noun}, ${text(metrics[name])} against ${instead}`;
  });
  return `Its price: ${clauses.join("; ")}.`;
}
