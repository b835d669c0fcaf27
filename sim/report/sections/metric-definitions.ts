import { type Term, termsOf } from "../../metrics/definitions/terms.ts";
import { METRICS, type Metric } from "../../metrics/metric.ts";
import { formatTime } from "../format.ts";
import { type Html, html, type Part } from "../html.ts";
import type { ReportData } from "../report-data.ts";

/** How each metric of the report is worked out: what the names of metrics in it lead to. */
export function metricDefinitions({
  metrics,
  horizon,
}: Pick<ReportData, "metrics" | "horizon">): Html | null {
  const known = metrics.flatMap(({ name }) => definitionOf(name) ?? []);
  if (known.length === 0) return null;
  const here = Number.isFinite(horizon) ? ` Here measure.horizon is ${formatTime(horizon)}.` : "";
  return html`<section class="definitions" aria-labelledby="metrics"><h2 id="metrics">Metrics</h2>
<p>How each is worked out, in every run.${here} <code>sim metrics NAME</code> tells the same, with the line of the program.</p>
<dl>${known.map(entry)}</dl>
</section>`;
}

/** The name of a metric, or what stands for it, which tells its definition and leads to it. */
export function metricLink(name: string, content: Part = name): Html {
  const metric = definitionOf(name);
  if (metric === undefined) return html`${content}`;
  const lines = linesOf(metric).map(({ label, text }) => `${label}: ${text}`);
  return html`<a class="metric" href="#${placeOf(name)}" title="${lines.join("\n")}">${content}</a>`;
}

/** What is told in a line of its own; all else is short, and stands in one. */
const LONG = ["formula", "population", "span"];

function entry(metric: Metric): Html {
  const [summary, ...lines] = linesOf(metric);
  const told = ({ label, text }: Term) => html`<i>${label}</i> ${text}`;
  const long = lines.filter(({ label }) => LONG.includes(label));
  const short = lines.filter(({ label }) => !LONG.includes(label));
  const paragraphs = [
    ...long.map((line) => html`<p>${told(line)}</p>`),
    html`<p>${short.map((line) => html`<span>${told(line)}</span>`)}</p>`,
  ];
  return html`<div id="${placeOf(metric.name)}"><dt>${metric.name}</dt><dd>${summary?.text ?? ""}${paragraphs}</dd></div>
`;
}

function linesOf(metric: Metric): Term[] {
  return [
    { label: "summary", text: metric.summary },
    ...termsOf(metric),
    { label: "source", text: `sim/${metric.source}` },
  ];
}

function placeOf(name: string): string {
  return `metric-${name}`;
}

function definitionOf(name: string): Metric | undefined {
  return METRICS.find((metric) => metric.name === name);
}
