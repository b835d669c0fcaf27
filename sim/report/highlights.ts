import { mean, rollups } from "d3-array";
import { hasRequests, headlineNames } from "./headline.ts";
import type { MetricRow, ReportData } from "./report-data.ts";

/** Policies that colours can tell apart. */
const MOST_COLOURED = 8;

/** Of more policies, as many as are coloured at least. */
const FEWEST = 4;

/** What decides on the looks of policies; the optional parts count where there are many policies. */
export type StyledData = Pick<ReportData, "policies" | "baseline" | "variation" | "own"> &
  Partial<Pick<ReportData, "metrics" | "named" | "answerTable" | "winners">>;

/** The policies without their levels, in the order of the report. */
export function seriesOf({ policies, variation }: StyledData): readonly string[] {
  return variation === undefined
    ? policies
    : [...new Set(variation.cells.map(({ policy }) => policy))];
}

/**
 * The policies that charts draw in colour at first, in the order of the report; the others stand in
 * grey behind them, since nobody tells twenty colours apart. Of many policies these are the baseline,
 * those that the answer names and those of the reader's own, however many; and up to the limit those
 * that cannot be told apart from the best, those that win somewhere, or else the best by the most
 * telling metric.
 */
export function highlights(data: StyledData): readonly string[] {
  const series = seriesOf(data);
  if (series.length <= MOST_COLOURED) return series;
  const { baseline, own = [], named = [], answerTable = [] } = data;
  const policyOf = policiesByLabel(data);
  const wanted = [...(baseline === null ? [] : [baseline]), ...named.map(policyOf), ...own];
  const chosen = new Set(wanted.filter((policy) => series.includes(policy)));
  const rivals = answerTable.flatMap((row) => row.rivals).map(policyOf);
  for (const policy of [...rivals, ...oftenBest(data)])
    if (chosen.size < MOST_COLOURED) chosen.add(policy);
  for (const policy of bestFirst(data)) if (chosen.size < FEWEST) chosen.add(policy);
  return series.filter((policy) => chosen.has(policy));
}

/** The policies that win at any levels, those that do most often first. */
function oftenBest({ winners = [] }: StyledData): readonly string[] {
  const telling = winners.filter(({ worse }) => worse.length > 0);
  const counts = rollups(
    telling,
    (rows) => rows.length,
    ({ best }) => best.policy,
  );
  return counts.sort(([, a], [, b]) => b - a).map(([policy]) => policy);
}

/** Policies by the most telling metric, the best first; in their own order where there is none. */
function bestFirst(data: StyledData): readonly string[] {
  const { metrics = [] } = data;
  const known = headlineNames(hasRequests(metrics)).flatMap((name) => {
    const metric = metrics.find((each) => each.name === name);
    return metric === undefined || metric.better === "none" ? [] : [metric];
  });
  return known[0] === undefined ? seriesOf(data) : ranked(known[0], data);
}

/** Policies by a metric, best first: each by its mean over the levels. */
function ranked({ values, better }: MetricRow, data: StyledData): string[] {
  const policyOf = policiesByLabel(data);
  const means = rollups(
    values,
    (own) => mean(own, (value) => value.mean) ?? Number.NaN,
    ({ policy }) => policyOf(policy),
  );
  return means
    .sort(([, a], [, b]) => (better === "lower" ? a - b : b - a))
    .map(([policy]) => policy);
}

/** The policy of a label: what it is without its levels. */
function policiesByLabel({ variation }: StyledData): (label: string) => string {
  const known = new Map(variation?.cells.map(({ label, policy }) => [label, policy]));
  return (label) => known.get(label) ?? label;
}
