import { metricNamed } from "../metrics/metric.ts";
import { formatValue } from "../report/format.ts";
import type { AnswerRow } from "../report/report-data.ts";
import { changeFromBaseline, changeTexts } from "./change.ts";
import { rangeEnds } from "./ranges.ts";
import { isEqual, standings } from "./standings.ts";
import type { Summary } from "./summary.ts";
import { MOST_RIVALS, meanText } from "./verdict.ts";

/** Who is best by each of the main metrics, how surely, and what choosing it may cost. */
export function answerTable(summary: Summary): AnswerRow[] {
  return standings(summary).map(({ metric: name, ranking, ranked: [best, ...others], ...of }) => {
    const { unit, within } = ranking;
    const interval = best.metrics[name];
    const change = of.isTied ? null : changeFromBaseline(best, summary, name);
    const equal = others.filter((cell) => isEqual(cell, best, name)).map(({ label }) => label);
    const ties = of.isTied ? [] : equal;
    const rivals = of.isTied ? [] : of.rivals.filter((label) => !ties.includes(label));
    const isTold = rivals.length > 0 && Number.isFinite(within);
    return {
      metric: name,
      summary: metricNamed(name).summary,
      best: of.isTied ? null : best.label,
      ties,
      value: interval === null ? "not defined" : meanText(interval, unit),
      change: change === null ? null : changeTexts(change),
      rivals,
      within: isTold ? formatValue(within, unit) : null,
    };
  });
}

/** The cells that the answer names, the most telling first: a report never hides them. */
export function namedIn(summary: Summary): string[] {
  const all = standings(summary);
  if (all.length === 0) return rangeEnds(summary);
  const [{ ranked, rivals }] = all as [(typeof all)[0]];
  const next = ranked.slice(1, 2).map(({ label }) => label);
  const best = all.flatMap(({ ranked: [first], isTied }) => (isTied ? [] : [first.label]));
  return [...new Set([...best, ...rivals.slice(0, MOST_RIVALS), ...next])];
}
