import type { Config } from "vega-lite";
import type { Chart } from "./charts/chart.ts";
import { chartTheme, EXPORT_WIDTH, exportTheme } from "./charts/theme.ts";
import { traceCourseChart } from "./charts/trace-course.ts";
import { traceKindsChart } from "./charts/trace-kinds.ts";
import { tracePopularityChart } from "./charts/trace-popularity.ts";
import { traceRhythmChart } from "./charts/trace-rhythm.ts";
import { traceSizesChart } from "./charts/trace-sizes.ts";
import { traceNodesChart, traceSyncHoursChart } from "./charts/trace-sync-hours.ts";
import { contentPolicy } from "./content-policy.ts";
import { svgFiles } from "./figures.ts";
import { type Html, html, jsonText, rawText } from "./html.ts";
import { chartLibraries } from "./libraries.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { type Mode, policyStyles } from "./policy-style.ts";
import { figures } from "./sections/figures.ts";
import { COLOURS } from "./theme.ts";
import type { TraceData, TraceTable } from "./trace-data.ts";
import { TRACE_SCRIPT } from "./trace-script.ts";

/** Colours of the series of a chart, in order: as many as a chart has at most. */
const STYLES = policyStyles({ policies: ["1", "2", "3", "4"], baseline: null });

/**
 * The profile of a trace as one HTML page that needs nothing else: it opens from a disk, without a
 * network. The same data always give the same bytes.
 */
export function tracePage(data: TraceData): string {
  const charts = traceCharts(data);
  const drawing = {
    name: data.name,
    charts,
    themes: { light: traceTheme("light"), dark: traceTheme("dark") },
    exports: { theme: exportTheme(STYLES), width: EXPORT_WIDTH },
  };
  const scripts = [...chartLibraries(), TRACE_SCRIPT].map(rawText);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${data.title} · mirrorlab</title>
<link rel="icon" href="data:,">
<style>${rawText(PAGE_STYLE)}</style>
</head>
<body>
<main>
<header>
<p class="origin">mirrorlab trace <b>${data.name}</b></p>
<h1>${data.title}</h1>
<p class="question">${data.summary}</p>
</header>
${figuresTable(data)}
${figures(charts, [])}
${data.tables.map(tableSection)}
${notes(data.notes)}
</main>
<script type="application/json" id="charts-data">${jsonText(drawing)}</script>
${scripts.map((script) => html`<script>${script}</script>\n`)}</body>
</html>
`.markup;
}

/** The charts of a profile as SVG files by name. */
export function traceFigures(data: TraceData): Promise<Map<string, string>> {
  return svgFiles(traceCharts(data), exportTheme(STYLES));
}

/** The charts of the trace in the order of the page; one without rows is left out. */
export function traceCharts({ access, sync }: TraceData): Chart[] {
  const found = [
    ...(access === null
      ? []
      : [
          traceKindsChart(access),
          traceSizesChart(access),
          tracePopularityChart(access),
          traceCourseChart(access, "requests"),
          traceCourseChart(access, "bytes"),
          traceRhythmChart(access),
        ]),
    ...(sync === null ? [] : [traceSyncHoursChart(sync), traceNodesChart(sync)]),
  ];
  return found.filter((chart) => chart !== null);
}

/** The theme of reports, with a legend in each chart, since charts differ in their series. */
function traceTheme(mode: Mode): Config {
  const { ink } = COLOURS[mode];
  const [first] = STYLES;
  const mark = first === undefined ? {} : { mark: { color: first.colour[mode] } };
  return {
    ...chartTheme(STYLES, mode),
    ...mark,
    legend: { orient: "top", labelColor: ink, labelFontSize: 12, labelLimit: 300, offset: 22 },
  };
}

/** The figures, each beside its target where any has one. */
function figuresTable({ figures: rows }: TraceData): Html | null {
  const hasTargets = rows.some(({ target }) => target !== null);
  return tableSection({
    title: "Figures",
    columns: hasTargets ? ["figure", "trace", "target"] : ["figure", "trace"],
    rows: rows.map(({ label, value, target }) =>
      hasTargets ? [label, value, target ?? ""] : [label, value],
    ),
  });
}

function tableSection({ title, columns, rows }: TraceTable): Html | null {
  if (rows.length === 0) return null;
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(([first = "", ...others]) => {
    const cells = others.map((cell) => html`<td>${cell}</td>`);
    return html`<tr><th scope="row">${first}</th>${cells}</tr>\n`;
  });
  return html`<section><h2>${title}</h2>
<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table>
<thead><tr>${head}</tr></thead>
<tbody>${body}</tbody>
</table></div>
</section>`;
}

function notes(texts: readonly string[]): Html | null {
  if (texts.length === 0) return null;
  return html`<section class="notes"><h2>Notes</h2>
<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>
</section>`;
}
