import { reportCharts } from "./charts/report-charts.ts";
import { chartTheme, EXPORT_WIDTH, exportTheme } from "./charts/theme.ts";
import { contentPolicy } from "./content-policy.ts";
import { filteredCells, filterGroups } from "./filter-groups.ts";
import { html, jsonText, rawText } from "./html.ts";
import { chartLibraries } from "./libraries.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { policyStyles, seriesStyles } from "./policy-style.ts";
import type { ReportData } from "./report-data.ts";
import { figures } from "./sections/figures.ts";
import { introduction } from "./sections/introduction.ts";
import { keyNumbers } from "./sections/key-numbers.ts";
import { levelsTable } from "./sections/levels-table.ts";
import { policyFilter } from "./sections/policy-filter.ts";
import { provenance } from "./sections/provenance.ts";
import { resultsTable } from "./sections/results-table.ts";
import { onPage } from "./selection.ts";

/**
 * A report as one HTML page that needs nothing else: it opens from a disk, without a network.
 * The same data always give the same bytes.
 */
export function reportPage(data: ReportData): string {
  const shown = onPage(data);
  const styles = policyStyles(data).filter(({ policy }) => shown.policies.includes(policy));
  const series = seriesStyles(data);
  const groups = filterGroups(data);
  const charts = reportCharts(data, shown, styles, series);
  const drawing = {
    experiment: data.experiment,
    charts,
    cells: filteredCells(data),
    themes: {
      cells: { light: chartTheme(styles, "light"), dark: chartTheme(styles, "dark") },
      series: { light: chartTheme(series, "light"), dark: chartTheme(series, "dark") },
    },
    exports: { cells: exportTheme(styles), series: exportTheme(series), width: EXPORT_WIDTH },
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
${policyFilter(groups)}
${figures(charts, styles, series)}
${levelsTable(data)}
${resultsTable(shown, styles, data.policies.length)}
${provenance(data)}
</main>
<script type="application/json" id="charts-data">${jsonText(drawing)}</script>
${scripts.map((script) => html`<script>${script}</script>\n`)}</body>
</html>
`.markup;
}
