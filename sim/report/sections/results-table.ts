import { levelLabel } from "../../experiment/level-label.ts";
import { mainMetrics } from "../../metrics/metric.ts";
import { type Comparison, compare } from "../comparison.ts";
import { differenceTexts, formatLevel, intervalTexts } from "../format.ts";
import { hasRequests } from "../headline.ts";
import { type Html, html } from "../html.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type {
  DecidedInterval,
  Direction,
  MetricRow,
  MetricValue,
  ReportData,
} from "../report-data.ts";
import { swatch } from "./swatch.ts";

/** Sign and word for what a difference says. The word is there for those who miss the colour. */
const MARKS: Readonly<Record<Exclude<Comparison, "untested">, string>> = {
  better: "✓ better",
  worse: "✗ worse",
  different: "◆ differs",
  unclear: "○ unclear",
  equal: "= equal",
};

const DIRECTIONS: Readonly<Record<Direction, string>> = {
  lower: "lower is better",
  higher: "higher is better",
  none: "for information",
};

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
function reading({ baseline, variation, replications, metrics }: ReportData): Html {
  const whose = variation === undefined ? null : ", all else alike";
  if (replications === 1) {
    const single =
      "What a single run of each came to, which says nothing of chance; the columns are what is " +
      "chosen above.";
    if (baseline === null) return html`${single}`;
    return html`${single} Then the difference to <b>${baseline}</b>${whose}.`;
  }
  const intervals =
    "Means over the replications, with 95 % confidence intervals below; the columns are what is " +
    "chosen above.";
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
  return html`<th scope="col" data-policy="${label}">${swatch(style)}${cell?.policy ?? label}${levels ?? null}${remark}${alike}</th>`;
}

function isBaselineIn(metrics: readonly MetricRow[], label: string): boolean {
  const values = metrics.flatMap((metric) => metric.values);
  return values.some(({ against }) => against === label);
}

function row(metric: MetricRow, { policies }: ReportData): Html {
  const values = new Map(metric.values.map((value) => [value.policy, value]));
  // The place of a cell instead of its label: that saves a quarter of a large page.
  const cells = policies.map((policy, at) => {
    const value = values.get(policy);
    return html`<td data-cell="${at}">${value === undefined ? absent : cell(value, metric)}</td>`;
  });
  return html`<tr><th scope="row">${metric.name}<small>${metric.summary}; ${DIRECTIONS[metric.better]}</small></th>${cells}</tr>
`;
}

const absent = html`<span class="bounds">not defined</span>`;

function cell(value: MetricValue, { unit, better }: MetricRow): Html {
  const { mean, bounds } = intervalTexts(value, unit);
  const interval = bounds === null ? null : html`<span class="bounds">${bounds}</span>`;
  const { difference } = value;
  const mark = difference === null ? null : differenceMark(difference, unit, better);
  return html`<b>${mean}</b>${interval}${mark}`;
}

function differenceMark(difference: DecidedInterval, unit: string, better: Direction): Html {
  const comparison = compare(difference, better);
  if (comparison === "equal") return html`<span class="equal">${MARKS.equal}</span>`;
  const { mean, bounds } = differenceTexts(difference, unit);
  const level = difference.level === null ? "" : ` (${formatLevel(difference.level)})`;
  const interval = bounds === null ? null : html`<span class="bounds">${bounds}${level}</span>`;
  const mark = comparison === "untested" ? "" : `${MARKS[comparison]} `;
  return html`<span class="${comparison}">${mark}${mean}</span>${interval}`;
}
