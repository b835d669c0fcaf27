import { html, jsonText, rawText } from "../report/html.ts";
import { chartLibraries } from "../report/libraries.ts";
import { COLOURS } from "../report/theme.ts";
import { AIMS, aimOf } from "./aims.ts";
import { scatter } from "./charts.ts";
import type { Measure } from "./measure.ts";
import type { Validation } from "./validation.ts";

const { page, panel, ink, quiet, line, better, worse } = COLOURS.light;

const STYLE = `
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif;
  color: ${ink}; background: ${page}; }
h1, h2 { line-height: 1.2; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem; text-align: right; border-bottom: 1px solid ${line}; }
th:first-child, td:first-child, td:last-child, th:last-child { text-align: left; }
.met { color: ${better}; } .missed { color: ${worse}; font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(26rem, 1fr)); gap: 1rem; }
figure { margin: 0; padding: 1rem; background: ${panel}; border-radius: 0.5rem; overflow-x: auto; }
figcaption { color: ${quiet}; margin-bottom: 0.5rem; }
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

/** The validation as one HTML page that needs nothing else: it opens from a disk, off line. */
export function validationPage({ measures, cases, problems }: Validation): string {
  const specs = measures.map(({ name }) => scatter(name, unitOf(name), cases.get(name) ?? []));
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
<p>Errors are |log(simulated / measured)|: 0.1 is off by 10 %. The naive model is a fluid that is
shared max-min fairly at 1448/1514 of each cap, without delays.</p>
<div class="scroll"><table>
<thead><tr><th>measure<th>cases<th>median<th>aim<th>95th percentile<th>bias<th>naive median<th>naive 95th<th>worst case</tr></thead>
<tbody>${measures.map(row)}</tbody>
</table></div>
${problems.length === 0 ? null : html`<h2>Left out</h2><ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`}
<h2>Predicted against measured</h2>
<p>On the line, a case is predicted exactly; above it, too large. Both axes are logarithmic.</p>
<div class="figures">${measures.map(figure)}</div>
<script type="application/json" id="specs">${jsonText(specs)}</script>
${scripts.map((script) => html`<script>${script}</script>\n`)}</body>
</html>
`.markup;
}

function row({ name, cases, median, p95, bias, naive, worst }: Measure) {
  const aim = aimOf(name);
  return html`<tr><td>${name}<td>${cases}<td class="${median <= aim ? "met" : "missed"}">${text(median)}<td>${aim}<td>${text(p95)}<td>${text(bias)}<td>${text(naive.median)}<td>${text(naive.p95)}<td>${text(worst.error)} in ${worst.scenario}</tr>`;
}

function figure({ name, cases, median }: Measure, at: number) {
  const what = AIMS.find((known) => known.name === name)?.what ?? "";
  return html`<figure><figcaption><strong>${name}</strong>: ${what}. ${cases} cases, median error ${text(median)}.</figcaption><div data-chart="${at}"></div></figure>`;
}

function unitOf(name: Measure["name"]): string {
  if (name === "E.rate") return "bytes per second";
  return name === "B.bytes" || name === "C.serverBytes" ? "bytes" : "seconds";
}

function text(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "∞";
}
