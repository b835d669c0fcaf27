import type { Chart } from "../charts/chart.ts";
import { type Html, html } from "../html.ts";
import type { PolicyStyle } from "../policy-style.ts";
import { swatch } from "./swatch.ts";

/** Places for the charts, which the page's script draws, with their captions. */
export function figures(
  charts: readonly Chart[],
  styles: readonly PolicyStyle[],
  series: readonly PolicyStyle[] = styles,
): Html | null {
  if (charts.length === 0) return null;
  const cells = legendOf(styles, "data-policy");
  const across = legendOf(series, "data-series");
  return html`<section aria-labelledby="charts"><h2 id="charts">Charts</h2>
<noscript><p>The charts need JavaScript. The table below does not.</p></noscript>
${charts.map((chart, at) => figure(chart, at, chart.isAcrossLevels ? across : cells))}
</section>`;
}

function figure(chart: Chart, at: number, legend: Html): Html {
  const { id, title, caption, isLabelled, columns = 1 } = chart;
  const exports = [
    html`<button type="button" data-export="svg" aria-label="Save ${title} as SVG">SVG</button>`,
    html`<button type="button" data-export="png" aria-label="Save ${title} as PNG">PNG</button>`,
    html`<button type="button" data-export="json" aria-label="Save data and Vega-Lite specification of ${title}">data</button>`,
  ];
  return html`<figure class="${columns > 2 ? "wide" : ""}" id="${id}" data-chart="${at}" aria-labelledby="${id}-title">
<div>${isLabelled ? null : legend}<div class="chart"></div></div>
<figcaption><h3 id="${id}-title">Figure ${at + 1}. ${title}</h3><p>${caption}</p>
<p class="exports">Save ${exports}</p></figcaption>
</figure>`;
}

/** Names the lines of a chart. Charts describe themselves to screen readers, so this stays silent. */
function legendOf(styles: readonly PolicyStyle[], of: "data-policy" | "data-series"): Html {
  const entries = styles.map((style) => {
    const content = html`${swatch(style)}${style.policy}`;
    return of === "data-policy"
      ? html`<li data-policy="${style.policy}">${content}</li>`
      : html`<li data-series="${style.policy}">${content}</li>`;
  });
  return html`<ul class="legend" aria-hidden="true">${entries}</ul>`;
}
