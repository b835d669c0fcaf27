import { html, jsonText, rawText } from "../report/html.ts";
import { chartLibraries } from "../report/libraries.ts";
import { COLOURS } from "../report/theme.ts";
import { aimNamed, aimOf } from "./aims.ts";
import { scatter } from "./charts.ts";
import type { Measure } from "./measure.ts";
import type { AblationRow } from "./tables.ts";
import type { Validation } from "./validation.ts";

const { page, panel, ink, quiet, line, better, worse } = COLOURS.light;

const STYLE = `
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif;
  color: ${ink}; background: ${page}; }
h1, h2 { line-height: 1.2; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem; text-align: right; border-bottom: 1px solid ${line}; }
th:first-child, td:first-child, .measures td:last-child, .measures th:last-child { text-align: left; }
td { white-space: nowrap; } .measures td:last-child { white-space: normal; overflow-wrap: anywhere; }
td small { color: ${quiet}; }
.met { color: ${better}; } .missed { color: ${worse}; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(26rem, 1fr)); gap: 1rem; }
figure { margin: 0; padding: 1rem; background: ${panel}; border-radius: 0.5rem; overflow-x: auto; }
figcaption { color: ${quiet}; margin-bottom: 0.5rem; }
figure { text-align: center; } figcaption { text-align: left; }
figcaption strong { color: ${ink}; }
.scroll { overflow-x: auto; }
`;

/** Draws the charts in the reader's browser; the state stands in `data-charts` of the body. */
const SCRIPT = `"use strict";
(async () => {
  const specs = JSON.parse(document.getElementById("specs").textContent);
  const options = { actions: false, renderer: "svg", mode: "vega-lite" };
  for (const place of document.querySelectorAll("[data-chart]")) {
    await vegaEmbed(place, specs[place.dataset.chart], options);
  }
  document.body.dataset.charts = "drawn";
})().catch((error) => {
  document.body.dataset.charts = "failed";
  console.error(error);
});
`;

/**
 * The validation as one HTML page that needs nothing else: it opens from a disk, off line. With the
 * rows of an ablation it also says what each cause is worth.
 */
export function validationPage(
  { measures, cases, problems }: Validation,
  rows: readonly AblationRow[] = [],
): string {
  const specs = measures.map(({ name }) =>
    scatter(name, aimNamed(name).unit, cases.get(name) ?? []),
  );
  const scripts = [...chartLibraries(), SCRIPT].map(rawText);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Validation · mirrorlab</title>
<link rel="icon" href="data:,">
<style>${rawText(STYLE)}</style>
</head>
<body>
<h1>The model against real tools on real links</h1>
<p>Errors are |log(simulated / measured)|: 0.1 is off by 10 %, 0.7 by a factor of two. The bias is the
mean with its sign, above 0 where the model predicts too much. The naive model is a fluid that is
shared max-min fairly at 1448/1514 of each cap, without delays; for swarms it is the bound of Kumar
and Ross, for rsync the whole file.</p>
<div class="scroll"><table class="measures">
<thead><tr><th>measure<th>cases<th>median<th>aim<th>p95<th>bias<th>naive median<th>naive p95<th>worst<th>in</tr></thead>
<tbody>${measures.map(measureRow)}</tbody>
</table></div>
${problems.length === 0 ? null : html`<h2>Left out</h2><ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`}
<h2>Predicted against measured</h2>
<p>On the line, a case is predicted exactly; in the band, within 20 %; above, too large. Both axes
are logarithmic and alike. The worst case has a ring.</p>
<div class="figures">${measures.map(figure)}</div>
${rows.length === 0 ? null : ablationSection(rows)}
<script type="application/json" id="specs">${jsonText(specs)}</script>
${scripts.map((script) => html`<script>${script}</script>\n`)}</body>
</html>
`.markup;
}

function measureRow({ name, cases, median, p95, bias, naive, worst }: Measure) {
  const aim = aimOf(name);
  const verdict = median <= aim ? "met" : "missed";
  return html`<tr><td>${name}<td>${cases}<td class="${verdict}">${text(median)}<td>${aim.toFixed(2)}<td>${text(p95)}<td>${signed(bias)}<td>${text(naive.median)}<td>${text(naive.p95)}<td>${text(worst.error)}<td>${worst.scenario}</tr>`;
}

function figure({ name, cases, median, worst }: Measure, at: number) {
  const { what, one } = aimNamed(name);
  return html`<figure><figcaption><strong>${name}</strong>: ${what}. ${one} ${cases} cases, median error ${text(median)}; worst ${text(worst.error)}: ${worst.scenario}.</figcaption><div class="chart" data-chart="${at}"></div></figure>`;
}

/** What each cause is worth; an error that grows by a tenth or more without it stands out. */
function ablationSection(rows: readonly AblationRow[]) {
  const all = rows[0].errors;
  const names = Object.keys(all) as Measure["name"][];
  const cell = (name: Measure["name"], { errors }: AblationRow) => {
    const { median = Number.NaN, p95 = Number.NaN } = errors[name] ?? {};
    const isWorse = median > 1.1 * (all[name]?.median ?? Number.POSITIVE_INFINITY);
    return html`<td class="${isWorse ? "missed" : ""}">${text(median)} <small>${text(p95)}</small>`;
  };
  return html`<h2>What each cause is worth</h2>
<p>Median errors, and 95th percentiles in small type, with one cause left out; bold where the median
grows by a tenth or more.</p>
<div class="scroll"><table>
<thead><tr><th>left out${names.map((name) => html`<th>${name}`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><td>${row.without ?? "nothing"}${names.map((name) => cell(name, row))}</tr>`)}</tbody>
</table></div>`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${text(Math.abs(value))}`;
}

function text(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "∞";
}
