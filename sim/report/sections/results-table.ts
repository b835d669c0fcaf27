import { type Comparison, compare } from "../comparison.ts";
import { differenceTexts, intervalTexts } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { Direction, MetricRow, MetricValue, ReportData } from "../report-data.ts";
import { swatch } from "./swatch.ts";

/** Sign and word for what a difference says. The word is there for those who miss the colour. */
const MARKS: Readonly<Record<Comparison, string>> = {
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
export function resultsTable(data: ReportData, styles: readonly PolicyStyle[]): Html {
  return html`<section aria-labelledby="results"><h2 id="results">All results</h2>
<p class="reading" id="reading">${reading(data)}</p>
<div class="scroll" role="region" aria-labelledby="results" tabindex="0">
<table aria-describedby="reading">
<caption>Metrics by policy</caption>
<thead><tr><th scope="col">Metric</th>${styles.map((style) => heading(style, data.baseline))}</tr></thead>
<tbody>${data.metrics.map((metric) => row(metric, data))}</tbody>
</table>
</div>
</section>`;
}

/** How to read the table. It stands outside, since on a narrow screen the table scrolls. */
function reading({ baseline }: ReportData): Html {
  const intervals = "Means over the replications, with 95 % confidence intervals below.";
  if (baseline === null) return html`${intervals}`;
  return html`${intervals} Then the paired difference to <b>${baseline}</b>: <span>${MARKS.better}</span> or
<span>${MARKS.worse}</span> where its interval excludes zero, <span>${MARKS.unclear}</span> where chance may explain it.`;
}

function heading(style: PolicyStyle, baseline: string | null): Html {
  const remark = style.policy === baseline ? html`<small>baseline</small>` : null;
  return html`<th scope="col" data-policy="${style.policy}">${swatch(style)}${style.policy}${remark}</th>`;
}

function row(metric: MetricRow, { policies }: ReportData): Html {
  const cells = policies.map((policy) => {
    const value = metric.values.find((other) => other.policy === policy);
    return html`<td data-policy="${policy}">${value === undefined ? absent : cell(value, metric)}</td>`;
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

function differenceMark(
  difference: NonNullable<MetricValue["difference"]>,
  unit: string,
  better: Direction,
): Html {
  const comparison = compare(difference, better);
  if (comparison === "equal") return html`<span class="equal">${MARKS.equal}</span>`;
  const { mean, bounds } = differenceTexts(difference, unit);
  const interval = bounds === null ? null : html`<span class="bounds">${bounds}</span>`;
  return html`<span class="${comparison}">${MARKS[comparison]} ${mean}</span>${interval}`;
}
