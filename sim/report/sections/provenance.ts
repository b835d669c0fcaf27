import { type Html, html } from "../html.ts";
import type { ReportData } from "../report-data.ts";
import { unbroken } from "../unbroken.ts";

/** What readers should weigh, and what they need to make the results again. */
export function provenance({ facts, notes }: ReportData): Html {
  const terms = facts.map(
    ({ label, value }) => html`<div><dt>${label}</dt><dd>${unbroken(value)}</dd></div>
`,
  );
  return html`${notesOf(notes)}<section aria-labelledby="facts"><h2 id="facts">How to make these results again</h2>
<p>The same experiment, inputs, seed and version give the same numbers, to the last bit.</p>
<dl>${terms}</dl>
</section>`;
}

/** What readers should weigh. */
export function notesOf(notes: readonly string[]): Html | null {
  if (notes.length === 0) return null;
  return html`<section class="notes" aria-labelledby="notes"><h2 id="notes">Notes</h2>
<ul>${notes.map((note) => html`<li>${unbroken(note)}</li>`)}</ul>
</section>
`;
}
