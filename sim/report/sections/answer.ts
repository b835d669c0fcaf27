import { breakable, type Html, html } from "../html.ts";
import type { AnswerRow, ReportData } from "../report-data.ts";
import { unbroken } from "../unbroken.ts";

/** The answer in sentences, and below them who is best by each of the main metrics. */
export function answerSection({ answer, answerTable }: Answered): Html {
  return html`<section class="answer" aria-labelledby="answer"><h2 id="answer">Answer</h2><p>${unbroken(answer)}</p>
${answerTable.length === 0 ? null : tableOf(answerTable)}</section>`;
}

type Answered = Pick<ReportData, "answer" | "answerTable">;

const READING =
  "With a probability of 95 % for each row, the truly best policy is the one named or among those it " +
  "cannot be told apart from, and the one named falls short of it by no more than it says under “within” " +
  "(Hsu's multiple comparisons with the best).";

function tableOf(rows: readonly AnswerRow[]): Html {
  const head = [
    "best by",
    "policy",
    "value (95 % interval)",
    "within",
    "cannot be told apart from",
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Who is best"><table>
<thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows.map(row)}</tbody>
</table></div><p class="reading">${unbroken(READING)}</p>`;
}

function row({ metric, summary, best, value, rivals, within }: AnswerRow): Html {
  const others = rivals.length === 0 ? "none: it is surely the best" : html`${rivals.map(another)}`;
  return html`<tr><th scope="row">${metric}<small>${summary}</small></th><td class="names"><b>${breakable(best)}</b></td><td>${unbroken(value)}</td><td>${unbroken(within ?? "–")}</td><td class="names rivals">${others}</td></tr>
`;
}

function another(label: string, at: number): Html {
  return html`${at === 0 ? "" : ", "}${breakable(label)}`;
}
