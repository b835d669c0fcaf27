import { reportCharts } from "./charts/report-charts.ts";
import { filteredCells, filterGroups } from "./filter-groups.ts";
import { html } from "./html.ts";
import { policyStyles, seriesStyles } from "./policy-style.ts";
import type { ReportData } from "./report-data.ts";
import { answerSection } from "./sections/answer.ts";
import { figures } from "./sections/figures.ts";
import { keyNumbers } from "./sections/key-numbers.ts";
import { metricDefinitions } from "./sections/metric-definitions.ts";
import { policyFilter } from "./sections/policy-filter.ts";
import { provenance } from "./sections/provenance.ts";
import { resultsTable } from "./sections/results-table.ts";
import { setup } from "./sections/setup.ts";
import { onPage } from "./selection.ts";
import { policyThemes } from "./shell/drawing.ts";
import { pageShell } from "./shell/page-shell.ts";

const CONTENTS: readonly { id: string; text: string; needs?: "metrics" | "notes" }[] = [
  { id: "setup", text: "What was simulated" },
  { id: "answer", text: "Answer" },
  { id: "key-numbers", text: "Key numbers", needs: "metrics" },
  { id: "charts", text: "Charts", needs: "metrics" },
  { id: "results", text: "All results" },
  { id: "notes", text: "Notes", needs: "notes" },
  { id: "metrics", text: "Metrics", needs: "metrics" },
  { id: "facts", text: "How to make these results again" },
];

/**
 * The report of a run as one HTML page.
 *
 * Another page is made the same way: `pageShell` takes a title, what was asked, the answer, a list of
 * sections and the charts. A section is markup with an `h2`; ready ones are `figures(charts, { styles })`,
 * `dataTable`, `resultsTable` and `provenance`. A chart is a `Chart`: a Vega-Lite specification with
 * its rows in `data.values`, a caption and, in `file`, the row file behind it. A chart that hides
 * policies takes `policyFilter(styles)` as its parameters and is drawn with `policyThemes(styles)`;
 * one whose lines are no policies stands in the drawing with any theme. `sim/report/trace-page.ts` is
 * a page without a filter.
 */
export function reportPage(data: ReportData): string {
  const shown = onPage(data);
  const styles = policyStyles(data).filter(({ policy }) => shown.policies.includes(policy));
  const series = seriesStyles(data);
  const charts = reportCharts(data, shown, styles, series);
  return pageShell({
    name: data.experiment,
    title: data.title,
    origin: html`mirrorlab experiment <b>${data.experiment}</b> · <a href="../../index.html">all runs</a>`,
    lead: data.question,
    answer: null,
    contents: CONTENTS.filter(({ needs }) => needs === undefined || data[needs].length > 0),
    sections: [
      setup(data.setup),
      answerSection(data),
      keyNumbers(data),
      policyFilter(filterGroups(data)),
      figures(charts, { styles, series, variation: shown.variation }),
      resultsTable(shown, styles, data.policies.length),
      provenance(data),
      metricDefinitions(data),
    ],
    drawing: {
      charts,
      cells: policyThemes(styles),
      series: policyThemes(series),
      filtered: filteredCells(data),
    },
  });
}
