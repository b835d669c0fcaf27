import { type Html, html } from "../html.ts";
import type { PolicyStyle } from "../policy-style.ts";
import { swatch } from "./swatch.ts";

/** Check boxes by which a reader shows and hides policies everywhere; also the page's legend. */
export function policyFilter(styles: readonly PolicyStyle[]): Html {
  const boxes = styles.map(
    (style) =>
      html`<label><input type="checkbox" name="policy" value="${style.policy}" checked>${swatch(style)}<span>${style.policy}</span></label>`,
  );
  return html`<form class="filter" aria-label="Policies to show">
<fieldset><legend>Policies</legend><div class="choices">${boxes}</div></fieldset>
<button type="button" data-show-all>Show all</button>
</form>`;
}
