import { breakable, type Html, html } from "../html.ts";
import type { SetupData, SetupTable } from "../setup-data.ts";
import { unbroken } from "../unbroken.ts";
import { topologyDrawing } from "./topology.ts";

/** What was simulated: in sentences, as a drawing, and with all settings in tables. */
export function setup({ sentences, topology, tables }: SetupData): Html {
  return html`<section class="setup" aria-labelledby="setup"><h2 id="setup">What was simulated</h2>
<p class="summary">${unbroken(sentences.join(" "))}</p>
${topologyDrawing(topology)}
<div class="tables">${tables.filter(({ isFolded }) => !isFolded).map(open)}</div>
${tables.filter(({ isFolded }) => isFolded).map(folded)}
</section>`;
}

function open(table: SetupTable): Html {
  const isTerms = table.columns.length === 0;
  return html`<div class="${isTerms ? "terms" : "classes"}"><h3>${table.title}</h3>
${isTerms ? termsOf(table) : tableOf(table)}</div>`;
}

function folded(table: SetupTable): Html {
  return html`<details><summary>${table.title}</summary>
${tableOf(table)}</details>`;
}

/** What is no more than names and values. */
function termsOf({ rows }: SetupTable): Html {
  return html`<dl>${rows.map(
    ([term = "", text = ""]) => html`<div><dt>${term}</dt><dd>${unbroken(text)}</dd></div>\n`,
  )}</dl>`;
}

/** Letters from which on a cell is wide, rather than high. */
const LONG = 24;

function tableOf({ title, columns, rows }: SetupTable): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(([first = "", ...others]) => {
    const cells = others.map(
      (text) => html`<td class="${text.length > LONG ? "long" : ""}">${unbroken(text)}</td>`,
    );
    return html`<tr><th scope="row">${breakable(first)}</th>${cells}</tr>\n`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${head}</tr></thead>
<tbody>${body}</tbody>
</table></div>`;
}
