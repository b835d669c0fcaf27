import { type Html, html } from "../html.ts";
import type { PolicyStyle } from "../policy-style.ts";

/** A stroke of a policy's line with one of its points, to stand beside its name. */
export function swatch({ colour, dash, shape }: PolicyStyle): Html {
  const style = `--light:${colour.light};--dark:${colour.dark}`;
  return html`<svg class="swatch" style="${style}" viewBox="0 0 38 12" aria-hidden="true"><line x1="0" y1="6" x2="38" y2="6" stroke-dasharray="${dash.join(" ")}"/><path transform="translate(19 6) scale(5)" d="${shape}"/></svg>`;
}
