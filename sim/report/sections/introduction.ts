import { type Html, html } from "../html.ts";
import type { ReportData } from "../report-data.ts";

/** The question, and the answer before anything else. */
export function introduction({ experiment, title, question, answer }: ReportData): Html {
  return html`<header>
<p class="origin">mirrorlab experiment <b>${experiment}</b></p>
<h1>${title}</h1>
<p class="question">${question}</p>
<section class="answer" aria-labelledby="answer"><h2 id="answer">Answer</h2><p>${answer}</p></section>
</header>`;
}
