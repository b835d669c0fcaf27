import { reportCharts } from "./charts/report-charts.ts";
import { chartTheme, EXPORT_WIDTH, exportTheme } from "./charts/theme.ts";
import { contentPolicy } from "./content-policy.ts";
import { html, jsonText, rawText } from "./html.ts";
import { chartLibraries } from "./libraries.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { policyStyles } from "./policy-style.ts";
import type { ReportData } from "./report-data.ts";
import { figures } from "./sections/figures.ts";
import { introduction } from "./sections/introduction.ts";
import { keyNumbers } from "./sections/key-numbers.ts";
import { policyFilter } from "./sections/policy-filter.ts";
import { provenance } from "./sections/provenance.ts";
import { resultsTable } from "./sections/results-table.ts";

/**
 * A report as one HTML page that needs nothing else: it opens from a disk, without a network.
 * The same data always give the same bytes.
 */
export function reportPage(data: ReportData): string {
  const styles = policyStyles(data);
  const charts = reportCharts(data, styles);
  const drawing = {
    experiment: data.experiment,
    charts,
    themes: { light: chartTheme(styles, "light"), dark: chartTheme(styles, "dark") },
    exports: { theme: exportTheme(styles), width: EXPORT_WIDTH },
  };
  const scripts = [...chartLibraries(), PAGE_SCRIPT].map(rawText);
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
<a class="skip" href="#charts">Skip to the charts</a>
<main>
${introduction(data)}
${keyNumbers(data)}
${policyFilter(styles)}
${figures(charts, styles)}
${resultsTable(data, styles)}
${provenance(data)}
</main>
<script type="application/json" id="charts-data">${jsonText(drawing)}</script>
${scripts.map((script) => html`<script>${script}</script>\n`)}</body>
</html>
`.markup;
}
