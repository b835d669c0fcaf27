import { levelLabel } from "../../experiment/level-label.ts";
import { DIRECTIONS } from "../../metrics/definitions/terms.ts";
import { METRICS, mainMetrics } from "../../metrics/metric.ts";
import { type Comparison, compare } from "../comparison.ts";
import { differenceTexts, formatLevel, formatTime, intervalTexts } from "../format.ts";
import { hasRequests } from "../headline.ts";
import { breakable, type Html, html } from "../html.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { MetricRow, MetricValue, ReportData } from "../report-data.ts";
import { metricLink } from "./metric-definitions.ts";
import { swatch } from "./swatch.ts";

/** Sign and word for what a difference says. The word is there for those who miss the colour. */
const MARKS: Readonly<Record<Exclude<Comparison, "untested">, string>> = {
  better: "✓ better",
  worse: "✗ worse",
  different: "◆ differs",
  unclear: "○ unclear",
  equal: "= equal",
};

/** What is told of two lower bounds where neither is surely the lower. */
const BEYOND = "both reach the horizon";

/** Every metric of every policy, with its interval and its paired difference to the baseline. */
export function resultsTable(
  data: ReportData,
  styles: readonly PolicyStyle[],
  all: number = styles.length,
): Html {
  return html`<section aria-labelledby="results"><h2 id="results">All results</h2>
<p class="reading" id="reading">${reading(data)}${extent(data, all)}</p>
<div class="scroll" role="region" aria-labelledby="results" tabindex="0">
<table aria-describedby="reading">
<caption>Metrics by policy</caption>
<thead><tr><th scope="col">Metric</th>${styles.map((style) => heading(style, data))}</tr></thead>
<tbody>${data.metrics.map((metric) => row(metric, data))}</tbody>
</table>
</div>
</section>`;
}

/** How to read the table. It stands outside, since on a narrow screen the table scrolls. */
function reading(data: ReportData): Html {
  const { baseline, variation, replications, metrics, horizon } = data;
  const isCensored = metrics.some(({ values }) => values.some(({ isAtLeast }) => isAtLeast));
  const whose = variation === undefined ? null : ", all else alike";
  const bounds = isCensored
    ? ` What follows > is a lower bound: some runs reach ${formatTime(horizon)}, where values are cut before they are compared.`
    : "";
  if (replications === 1) {
    const single =
      "What a single run of each came to, which says nothing of chance; the columns are what is " +
      `chosen above.${bounds}`;
    if (baseline === null) return html`${single}`;
    return html`${single} Then the difference to <b>${baseline}</b>${whose}.`;
  }
  const intervals =
    "Means over the replications, with 95 % confidence intervals below; the columns are what is " +
    `chosen above.${bounds}`;
  if (baseline === null) return html`${intervals}`;
  return html`${intervals} Then the paired difference to <b>${baseline}</b>${whose}: <span>${MARKS.better}</span> or
<span>${MARKS.worse}</span> where it is sure, <span>${MARKS.unclear}</span> where chance may explain it, <span>${MARKS.equal}</span> where no run tells the two apart.
Its interval has the level, in parentheses, at which Holm's method decided that difference (paired t tests), so that it excludes zero just where the difference is sure.
All differences in the main metrics (${mainMetricsIn(metrics)}) are one family: chance calls any of them one in at most 5 % of experiments.
Each other metric is a family of its own, to explore: of so many one may well err.`;
}

/** The names of the main metrics that the results have. */
function mainMetricsIn(metrics: readonly MetricRow[]): string {
  const main: readonly string[] = mainMetrics(hasRequests(metrics));
  return main.filter((name) => metrics.some((metric) => metric.name === name)).join(", ");
}

/** What of the results the table leaves out, where there are `all` cells. */
function extent({ policies }: ReportData, all: number): Html | null {
  if (policies.length === all) return null;
  return html` These are ${policies.length} of ${all} cells; <code>metrics.json</code> has all.`;
}

function heading(style: PolicyStyle, { baseline, metrics, variation, also }: ReportData): Html {
  const { policy: label } = style;
  const isBaseline = variation === undefined ? label === baseline : isBaselineIn(metrics, label);
  const cell = variation?.cells.find((each) => each.label === label);
  // A label of many parts would make a wide column: each part has a line of its own.
  const levels = variation?.axes.map(
    ({ name }, at) => html`<small>${levelLabel(name, cell?.levels[at] ?? "")}</small>`,
  );
  const remark = isBaseline ? html`<small>baseline</small>` : null;
  const others = also?.get(label) ?? [];
  const alike = others.length === 0 ? null : html`<small>also ${others.join(", ")}</small>`;
  return html`<th scope="col" data-policy="${label}">${swatch(style)}${breakable(cell?.policy ?? label)}${levels ?? null}${remark}${alike}</th>`;
}

function isBaselineIn(metrics: readonly MetricRow[], label: string): boolean {
  const values = metrics.flatMap((metric) => metric.values);
  return values.some(({ against }) => against === label);
}

function row(metric: MetricRow, { policies, baseline, horizon }: ReportData): Html {
  const values = new Map(metric.values.map((value) => [value.policy, value]));
  // The place of a cell instead of its label: that saves a quarter of a large page.
  const cells = policies.map((policy, at) => {
    const value = values.get(policy);
    if (value === undefined) return html`<td data-cell="${at}">${absent}</td>`;
    const before = values.get(value.against ?? baseline ?? "");
    return html`<td data-cell="${at}">${cell(value, before, metric)}</td>`;
  });
  const remarks = [metric.summary, DIRECTIONS[metric.better], ...restriction(metric, horizon)];
  return html`<tr><th scope="row">${metricLink(metric.name)}<small>${remarks.join("; ")}</small></th>${cells}</tr>
`;
}

/** What keeps a mean of times from being the mean of all of them. */
function restriction({ name }: MetricRow, horizon: number): string[] {
  const metric = METRICS.find((each) => each.name === name);
  const isRestricted = metric?.horizon === "mean" && Number.isFinite(horizon);
  return isRestricted ? [`restricted to ${formatTime(horizon)}`] : [];
}

const absent = html`<span class="bounds">not defined</span>`;

function cell(value: MetricValue, before: MetricValue | undefined, metric: MetricRow): Html {
  const { unit } = metric;
  const { mean, bounds } = intervalTexts(value, unit);
  const interval = bounds === null ? null : html`<span class="bounds">${bounds}</span>`;
  return html`<b>${mean}</b>${interval}${differenceMark(value, before, metric)}`;
}

/**
 * The difference to `before`, the value of the baseline. What is compared is cut at the horizon: where
 * either is a lower bound, so is the size of the difference, and of two nothing is known of it.
 */
function differenceMark(
  { difference, isAtLeast }: MetricValue,
  before: MetricValue | undefined,
  { unit, better }: MetricRow,
): Html | null {
  if (difference === null) return null;
  const comparison = compare(difference, better);
  if (isAtLeast && before?.isAtLeast) {
    const isTold = comparison === "better" || comparison === "worse";
    if (comparison === "untested") return html`<span class="untested">${BEYOND}</span>`;
    const [word, says] = isTold ? [comparison, MARKS[comparison]] : ["unclear", `○ ${BEYOND}`];
    return html`<span class="${word}">${says}</span>`;
  }
  if (comparison === "equal") return html`<span class="equal">${MARKS.equal}</span>`;
  const { mean, bounds } = differenceTexts(difference, unit);
  const mark = comparison === "untested" ? "" : `${MARKS[comparison]} `;
  if (isAtLeast || before?.isAtLeast) {
    const side = isAtLeast ? ">" : "<";
    return html`<span class="${comparison}">${mark}${side} ${mean}</span>`;
  }
  const level = difference.level === null ? "" : ` (${formatLevel(difference.level)})`;
  const interval = bounds === null ? null : html`<span class="bounds">${bounds}${level}</span>`;
  return html`<span class="${comparison}">${mark}${mean}</span>${interval}`;
}
