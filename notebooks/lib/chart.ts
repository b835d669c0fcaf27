import embed, { type VisualizationSpec } from "vega-embed";
import { chartTheme } from "../../sim/report/charts/theme.ts";
import { policyStyles } from "../../sim/report/policy-style.ts";

/** Colours of series, in order; the report gives its policies the same. */
const SERIES = 7;

/**
 * A figure with a chart that follows the page's width and its colours, and what it shows in words.
 *
 * Pass the notebook's `dark`: the cell then runs again when the reader's system changes.
 */
export async function chart(
  spec: object,
  { caption = "", dark }: { readonly caption?: string; readonly dark: boolean },
): Promise<HTMLElement> {
  const figure = document.createElement("figure");
  const place = figure.appendChild(document.createElement("div"));
  place.className = "chart";
  if (caption !== "") {
    figure.appendChild(document.createElement("figcaption")).textContent = caption;
  }
  const config = themeOf(dark ? "dark" : "light");
  // Charts need their place's width when they are drawn: the figure is on the page by then.
  requestAnimationFrame(() => {
    void embed(place, { width: "container", ...spec } as VisualizationSpec, {
      actions: false,
      renderer: "svg",
      config: config as never,
    });
  });
  return figure;
}

function themeOf(mode: "light" | "dark") {
  const policies = Array.from({ length: SERIES }, (_, series) => `series ${series}`);
  const theme = chartTheme(policyStyles({ policies, baseline: null }), mode);
  const legend = {
    ...theme.legend,
    disable: false,
    orient: "top",
    title: null,
    symbolType: "stroke",
  };
  return { ...theme, legend };
}
