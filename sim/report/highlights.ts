import { mean, rollups } from "d3-array";
import { differenceOf } from "../metrics/equality.ts";
import { hasRequests, headlineNames } from "./headline.ts";
import type { MetricRow, ReportData } from "./report-data.ts";

/** Policies that colours can tell apart. */
const MOST_COLOURED = 8;

/** Of more policies, as many as are coloured at least, and at most. */
const FEWEST = 4;
const MOST = 6;

/** What decides on the looks of policies. The metrics count where there are many policies. */
export type StyledData = Pick<ReportData, "policies" | "baseline" | "variation" | "own"> &
  Partial<Pick<ReportData, "metrics">>;

/** The policies without their levels, in the order of the report. */
export function seriesOf({ policies, variation }: StyledData): readonly string[] {
  return variation === undefined
    ? policies
    : [...new Set(variation.cells.map(({ policy }) => policy))];
}

/**
 * The policies that charts draw in colour at first, in the order of the report; the others stand in
 * grey behind them, since nobody tells twenty colours apart. Of many policies these are the baseline,
 * those of the reader's own, and the best in each of a few metrics.
 */
export function highlights(data: StyledData): readonly string[] {
  const series = seriesOf(data);
  if (series.length <= MOST_COLOURED) return series;
  const { baseline, own = [], metrics = [] } = data;
  const rankings = headlineNames(hasRequests(metrics)).flatMap((name) => {
    const metric = metrics.find((each) => each.name === name);
    return metric === undefined || metric.better === "none" ? [] : [metric];
  });
  const best = rankings.flatMap((metric) => {
    const [first, second] = ranked(metric, data);
    const isTie =
      second !== undefined && differenceOf(first.value, second.value, metric.unit) === 0;
    return first === undefined || isTie ? [] : [first.policy];
  });
  const [leading] = rankings;
  const next = leading === undefined ? series : ranked(leading, data).map(({ policy }) => policy);
  const wanted = new Set([...(baseline === null ? [] : [baseline]), ...own, ...best]);
  const chosen = new Set([...wanted].filter((policy) => series.includes(policy)).slice(0, MOST));
  for (const policy of next) if (chosen.size < FEWEST) chosen.add(policy);
  return series.filter((policy) => chosen.has(policy));
}

/** Policies by a metric, best first: each by its mean over the levels. */
function ranked({ values, better }: MetricRow, { variation }: StyledData) {
  const policyOf = new Map(variation?.cells.map(({ label, policy }) => [label, policy]));
  const means = rollups(
    values,
    (own) => mean(own, (value) => value.mean) ?? Number.NaN,
    ({ policy }) => policyOf.get(policy) ?? policy,
  ).map(([policy, value]) => ({ policy, value }));
  return means.sort((a, b) => (better === "lower" ? a.value - b.value : b.value - a.value));
}
