import type { TopLevelSpec } from "vega-lite";
import type { Chart, PlotSize } from "./chart.ts";

/** Of a line chart. */
const PLOT: PlotSize = { margin: 62, least: 190 };

/** Pixels between the plots of panels one above the other, for the axis and the title. */
const BELOW = 76;
const HEADING = 8;
const LINE = 16;

/** The heading of a panel at some levels: a line for each, since there is little room beside. */
export function headingOf(place: string): string[] {
  return place === "" ? [] : place.split(", ");
}

/**
 * How panels are laid out: by the size of their plots alone. The widths of texts are only estimated
 * where there is no screen, and would push them apart.
 */
export function panelLayout(places: readonly string[]) {
  const lines = Math.max(0, ...places.map((place) => headingOf(place).length));
  const row = BELOW + (lines > 0 ? HEADING + LINE * lines : 0);
  return { bounds: "flush" as const, spacing: { column: PLOT.margin, row } };
}

/**
 * The specification of a chart at a width in pixels.
 *
 * Vega-Lite fits a single plot into its place by itself, but not several beside each other. The
 * script of the page does the same in the browser.
 */
export function fitted({ spec, columns, plot = PLOT }: Chart, width: number): TopLevelSpec {
  if (columns === undefined) return { ...spec, width } as TopLevelSpec;
  const beside = Math.max(1, Math.min(columns, Math.floor(width / plot.least)));
  const each = Math.floor(width / beside) - plot.margin;
  const sized = JSON.stringify(spec, (key, value) =>
    key === "width" && value === "container" ? each : value,
  );
  return { ...JSON.parse(sized), columns: beside };
}

/** The same as a JavaScript function in the script of the page. */
export const FITTED_SCRIPT = `function fitted({ spec, columns, plot = ${JSON.stringify(PLOT)} }, width) {
    if (columns === undefined) return spec;
    const beside = Math.max(1, Math.min(columns, Math.floor(width / plot.least)));
    const each = Math.floor(width / beside) - plot.margin;
    const sized = JSON.stringify(spec, (key, value) =>
      key === "width" && value === "container" ? each : value);
    return { ...JSON.parse(sized), columns: beside };
  }`;
