import type { Config } from "vega-lite";
import type { Chart } from "./charts/chart.ts";
import { fitted } from "./charts/panels.ts";
import { reportCharts } from "./charts/report-charts.ts";
import { EXPORT_WIDTH, exportTheme } from "./charts/theme.ts";
import { policyStyles, seriesStyles } from "./policy-style.ts";
import type { ReportData } from "./report-data.ts";
import { only, shownAtFirst } from "./selection.ts";

/** The charts of a report as SVG files by name; of many cells those that are shown at first. */
export async function reportFigures(data: ReportData): Promise<Map<string, string>> {
  const shown = only(data, shownAtFirst(data));
  const styles = policyStyles(data).filter(({ policy }) => shown.policies.includes(policy));
  const series = seriesStyles(data);
  const charts = reportCharts(data, shown, styles, series);
  const isAcross = ({ isAcrossLevels }: Chart) => isAcrossLevels === true;
  return new Map([
    ...(await svgFiles(charts.filter(isAcross), exportTheme(series))),
    ...(await svgFiles(
      charts.filter((chart) => !isAcross(chart)),
      exportTheme(styles),
    )),
  ]);
}

/**
 * Charts as SVG files by name, for papers and texts.
 *
 * Vega and Vega-Lite take about a second to load, so they are loaded here and nowhere else.
 */
export async function svgFiles(
  charts: readonly Chart[],
  config: Config,
): Promise<Map<string, string>> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const files = new Map<string, string>();
  for (const chart of charts) {
    const logger = vega.logger(vega.Error);
    const compiled = vegaLite.compile(fitted(chart, EXPORT_WIDTH), { config, logger }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
    files.set(`${chart.id}.svg`, `${await view.toSVG()}\n`);
    view.finalize();
  }
  return files;
}
