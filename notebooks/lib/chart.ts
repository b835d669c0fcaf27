import embed, { type VisualizationSpec } from "vega-embed";
import { chartTheme } from "../../sim/report/charts/theme.ts";
import { policyStyles } from "../../sim/report/policy-style.ts";

/** Colours of series, in order; the report gives its policies the same. */
const SERIES = 7;

/**
 * A figure with a chart, as wide as the page and in its colours, and with what it shows in words.
 *
 * Pass the notebook's `dark`: the cell then runs again when the reader's system changes.
 *
 * @param spec Vega-Lite; `width` is the page's unless the spec says otherwise.
 */
export function chart(
  spec: object,
  { caption, dark }: { readonly caption: string; readonly dark: boolean },
): HTMLElement {
  const figure = document.createElement("figure");
  const place = figure.appendChild(document.createElement("div"));
  place.className = "chart";
  figure.appendChild(document.createElement("figcaption")).textContent = caption;
  const options = {
    actions: false,
    renderer: "svg",
    config: theme(dark ? "dark" : "light"),
  } as const;
  // A chart asks its place for the width: it is drawn when the cell has put the figure on the page.
  requestAnimationFrame(() => {
    if (!place.isConnected) return;
    void embed(place, { width: "container", ...spec } as VisualizationSpec, options);
  });
  return figure;
}

function theme(mode: "light" | "dark") {
  const policies = Array.from({ length: SERIES }, (_, series) => `series ${series}`);
  const report = chartTheme(policyStyles({ policies, baseline: null }), mode);
  return {
    ...report,
    background: "transparent",
    legend: {
      ...report.legend,
      disable: false,
      orient: "top",
      title: null,
      offset: 22,
      labelLimit: 400,
    },
  } as const;
}
