import type { Config } from "vega-lite";
import type { Chart } from "./charts/chart.ts";
import { chartTheme, exportTheme } from "./charts/theme.ts";
import { traceCourseChart } from "./charts/trace-course.ts";
import { traceKindsChart } from "./charts/trace-kinds.ts";
import { tracePopularityChart } from "./charts/trace-popularity.ts";
import { traceRhythmChart } from "./charts/trace-rhythm.ts";
import { traceSizesChart } from "./charts/trace-sizes.ts";
import { traceNodesChart, traceSyncHoursChart } from "./charts/trace-sync-hours.ts";
import { chartFiles } from "./figures.ts";
import { type Html, html } from "./html.ts";
import { type Mode, policyStyles } from "./policy-style.ts";
import { dataTable } from "./sections/data-table.ts";
import { figures } from "./sections/figures.ts";
import { notesOf } from "./sections/provenance.ts";
import type { ChartThemes } from "./shell/drawing.ts";
import { pageShell } from "./shell/page-shell.ts";
import { COLOURS } from "./theme.ts";
import type { TraceData } from "./trace-data.ts";

/** Colours of the series of a chart, in order: as many as a chart has at most. */
const STYLES = policyStyles({ policies: ["1", "2", "3", "4"], baseline: null });

/**
 * The profile of a trace as one HTML page that needs nothing else: it opens from a disk, without a
 * network. The same data always give the same bytes.
 */
export function tracePage(data: TraceData): string {
  const charts = traceCharts(data);
  const themes: ChartThemes = {
    light: traceTheme("light"),
    dark: traceTheme("dark"),
    saved: exportTheme(STYLES),
  };
  return pageShell({
    name: data.name,
    title: data.title,
    origin: html`mirrorlab trace <b>${data.name}</b>`,
    lead: data.summary,
    answer: null,
    sections: [
      figuresTable(data),
      figures(charts),
      ...data.tables.map(dataTable),
      notesOf(data.notes),
    ],
    drawing: { charts, cells: themes, series: themes, filtered: [] },
  });
}

/** The charts of a profile as SVG files by name. */
export async function traceFigures(data: TraceData): Promise<Map<string, string>> {
  const files = await chartFiles(traceCharts(data), { saved: exportTheme(STYLES) });
  return new Map([...files].map(([name, svg]) => [name, String(svg)]));
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
  return dataTable({
    title: "Figures",
    columns: hasTargets ? ["figure", "trace", "target"] : ["figure", "trace"],
    rows: rows.map(({ label, value, target }) =>
      hasTargets ? [label, value, target ?? ""] : [label, value],
    ),
  });
}
