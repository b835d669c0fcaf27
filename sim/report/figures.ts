import type { Config } from "vega-lite";
import type { Chart } from "./charts/chart.ts";
import { reportCharts } from "./charts/report-charts.ts";
import { EXPORT_WIDTH, exportTheme } from "./charts/theme.ts";
import { policyStyles } from "./policy-style.ts";
import type { ReportData } from "./report-data.ts";

/** The charts of a report as SVG files by name. */
export function reportFigures(data: ReportData): Promise<Map<string, string>> {
  const styles = policyStyles(data);
  return svgFiles(reportCharts(data, styles), exportTheme(styles));
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
  for (const { id, spec } of charts) {
    const sized = { ...spec, width: EXPORT_WIDTH } as typeof spec;
    const logger = vega.logger(vega.Error);
    const compiled = vegaLite.compile(sized, { config, logger }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
    files.set(`${id}.svg`, `${await view.toSVG()}\n`);
    view.finalize();
  }
  return files;
}
