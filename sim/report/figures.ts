import type { Chart } from "./charts/chart.ts";
import { onlyShown } from "./charts/only-shown.ts";
import { fitted } from "./charts/panels.ts";
import { reportCharts } from "./charts/report-charts.ts";
import { EXPORT_WIDTH } from "./charts/theme.ts";
import type { FigureFormat } from "./figure-format.ts";
import { pngPainter } from "./png.ts";
import { policyStyles, seriesStyles } from "./policy-style.ts";
import type { ReportData } from "./report-data.ts";
import { atFirstLevels, only } from "./selection.ts";
import { type ChartThemes, policyThemes } from "./shell/drawing.ts";

/** Figures by file name: SVG is text, PNG bytes. */
export type FigureFiles = Map<string, string | Uint8Array>;

/** The charts of a report as files by name, as the page shows them at first. */
export async function reportFigures(
  data: ReportData,
  formats: readonly FigureFormat[] = ["svg"],
): Promise<FigureFiles> {
  const shown = only(data, atFirstLevels(data));
  const styles = policyStyles(data).filter(({ policy }) => shown.policies.includes(policy));
  const series = seriesStyles(data);
  const charts = reportCharts(data, shown, styles, series);
  const isAcross = ({ isAcrossLevels }: Chart) => isAcrossLevels === true;
  const cells = charts.filter((chart) => !isAcross(chart));
  return new Map([
    ...(await chartFiles(charts.filter(isAcross), policyThemes(series), formats)),
    ...(await chartFiles(cells, policyThemes(styles), formats)),
  ]);
}

/**
 * Charts as files by name, for papers and texts; of a chart with a choice, the first option.
 *
 * Vega and Vega-Lite take about a second to load, so they are loaded here and nowhere else.
 *
 * @throws InputError when PNG is asked for where no font is installed.
 */
export async function chartFiles(
  charts: readonly Chart[],
  themes: Pick<ChartThemes, "saved">,
  formats: readonly FigureFormat[] = ["svg"],
): Promise<FigureFiles> {
  if (formats.length === 0) return new Map();
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const paint = formats.includes("png") ? await pngPainter() : null;
  const files: FigureFiles = new Map();
  for (const chart of charts) {
    const logger = vega.logger(vega.Error);
    const { spec, config } = onlyShown({ spec: savedSpec(chart), config: themes.saved });
    const compiled = vegaLite.compile(spec, { config, logger }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
    vega.resetSVGDefIds(); // Else they count on from chart to chart, as long as the process lives.
    const svg = await view.toSVG();
    view.finalize();
    if (formats.includes("svg")) files.set(`${chart.id}.svg`, `${svg}\n`);
    if (paint !== null) files.set(`${chart.id}.png`, paint(svg));
  }
  return files;
}

/** At the width of files, and headed by what was chosen. */
function savedSpec(chart: Chart): Chart["spec"] {
  const spec = fitted(chart, EXPORT_WIDTH);
  const title = chart.choice?.options[0]?.name;
  return title === undefined ? spec : ({ ...spec, title } as Chart["spec"]);
}
