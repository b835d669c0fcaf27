import { levelLabel } from "../../experiment/level-label.ts";
import type { Chart, Choice } from "../charts/chart.ts";
import { type Html, html } from "../html.ts";
import type { PolicyStyle } from "../policy-style.ts";
import type { Variation } from "../report-data.ts";
import { swatch } from "./swatch.ts";

/** What the lines of charts are called. */
export interface Legends {
  /** Of charts of single cells. */
  readonly styles?: readonly PolicyStyle[];
  /** Of charts across levels; those of single cells unless told otherwise. */
  readonly series?: readonly PolicyStyle[];
  /** The levels of the cells, where anything varies. */
  readonly variation?: Variation | undefined;
}

/** Places for the charts, which the page's script draws, with their captions. */
export function figures(
  charts: readonly Chart[],
  { styles = [], series = styles, variation }: Legends = {},
): Html | null {
  if (charts.length === 0) return null;
  const cells = legendOf(styles, "cells", variation);
  const across = legendOf(series, "series");
  return html`<section aria-labelledby="charts"><h2 id="charts">Charts</h2>
<noscript><p>The charts need JavaScript. The tables below do not.</p></noscript>
${charts.map((chart, at) => figure(chart, at, chart.isAcrossLevels ? across : cells))}
</section>`;
}

function figure(chart: Chart, at: number, legend: Html | null): Html {
  const { id, title, caption, isLabelled, columns = 1, isWide, choice } = chart;
  const kind = columns > 2 || isWide ? "wide" : "";
  return html`<figure class="${kind}" id="${id}" data-chart="${at}" aria-labelledby="${id}-title" aria-describedby="${id}-caption">
<div>${isLabelled ? null : legend}${choice === undefined ? null : select(choice, id)}<div class="chart"></div>${alternatives(chart)}</div>
<figcaption><h3 id="${id}-title">Figure ${at + 1}. ${title}</h3><p id="${id}-caption">${caption}</p>
${exports(chart)}</figcaption>
</figure>`;
}

/** Buttons that save the chart, and the file with the values of every run. */
function exports({ title, file }: Chart): Html {
  const button = (format: string, text: string, label: string) =>
    html`<button type="button" data-export="${format}" aria-label="${label}">${text}</button>`;
  const source =
    file === undefined
      ? null
      : html`<p class="source">Every run: <a href="${file}">${file}</a> in the folder of this page</p>`;
  return html`<p class="exports">Save ${[
    button("svg", "SVG", `Save ${title} as SVG`),
    button("png", "PNG", `Save ${title} as PNG`),
    button("csv", "CSV", `Save the data of ${title} as CSV`),
    button("json", "spec", `Save the Vega-Lite specification of ${title}, with its data`),
  ]}</p>${source}`;
}

/** The chart as a table and as its specification: the script fills in what a reader opens. */
function alternatives({ title }: Chart): Html {
  const part = (name: string, heading: string, content: Html) =>
    html`<details data-part="${name}"><summary>${heading}<span class="unseen"> of ${title}</span></summary>${content}</details>`;
  return html`<div class="alternatives">${[
    part(
      "rows",
      "Data as a table",
      html`<div class="scroll filled" role="region" aria-label="Data of ${title}" tabindex="0"></div>`,
    ),
    part(
      "spec",
      "Vega-Lite specification",
      html`<pre role="region" aria-label="Specification of ${title}" tabindex="0"></pre>`,
    ),
  ]}</div>`;
}

function select({ label, options }: Choice, id: string): Html {
  const entries = options.map(({ name, policy }, at) =>
    policy === undefined
      ? html`<option value="${at}">${name}</option>`
      : html`<option value="${at}" data-of="${policy}">${name}</option>`,
  );
  return html`<p class="choice"><label for="${id}-choice">${label}</label> <select id="${id}-choice" data-choice>${entries}</select></p>`;
}

/** Names the lines of a chart. Charts describe themselves to screen readers, so this stays silent. */
function legendOf(
  styles: readonly PolicyStyle[],
  of: "cells" | "series",
  variation?: Variation,
): Html | null {
  if (styles.length === 0) return null;
  const entries = styles.map((style) => {
    const content = html`${swatch(style)}${nameOf(style.policy, variation)}`;
    return of === "cells"
      ? html`<li data-policy="${style.policy}">${content}</li>`
      : html`<li data-series="${style.policy}">${content}</li>`;
  });
  const others = html`<li data-others="${of}" hidden><span class="grey"></span>others</li>`;
  const common = variation === undefined ? null : html`<li class="at" data-common hidden></li>`;
  return html`<ul class="legend" aria-hidden="true">${entries}${others}${common}</ul>`;
}

/** The policy and then its levels, each a part: the script hides those that all shown cells share. */
function nameOf(label: string, variation: Variation | undefined): Html {
  const cell = variation?.cells.find((each) => each.label === label);
  if (cell === undefined) return html`<span>${label}</span>`;
  const levels = variation?.axes.map(({ name }, at) => {
    const level = levelLabel(name, cell.levels[at] ?? "");
    return html`<span class="at" data-level="${at}">${level}</span>`;
  });
  return html`<span>${cell.policy}</span>${levels ?? null}`;
}
