import { type Html, html, type Part } from "../html.ts";

/** A table in a section of its own. The first cell of a row heads it. */
export interface TableParts {
  readonly title: string;
  /** What stands above the table, such as how to read it. */
  readonly reading?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Part[])[];
}

/** A section with a table; nothing where there are no rows. */
export function dataTable({ title, reading, columns, rows }: TableParts): Html | null {
  if (rows.length === 0) return null;
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(([first = "", ...others]) => {
    const cells = others.map((cell) => html`<td>${cell}</td>`);
    return html`<tr><th scope="row">${first}</th>${cells}</tr>\n`;
  });
  return html`<section><h2>${title}</h2>
${reading === undefined ? null : html`<p class="reading">${reading}</p>`}
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${head}</tr></thead>
<tbody>${body}</tbody>
</table></div>
</section>`;
}
