import { breakable, type Html, html } from "../html.ts";
import type { AnswerRow, ReportData } from "../report-data.ts";
import { unbroken } from "../unbroken.ts";
import { metricLink } from "./metric-definitions.ts";

/** The answer in sentences, and below them who is best by each of the main metrics. */
export function answerSection({ answer, answerTable, baseline, also }: Answered): Html {
  return html`<section class="answer" aria-labelledby="answer"><h2 id="answer">Answer</h2><p>${unbroken(answer)}</p>
${answerTable.length === 0 ? null : tableOf(answerTable, baseline, also)}</section>`;
}

type Answered = Pick<ReportData, "answer" | "answerTable" | "baseline" | "also">;

/** Of those that cannot be told apart so many are named at once. */
const MOST_NAMED = 3;

const READING =
  "With a probability of 95 % for each row, the truly best policy is the one named or among those it " +
  "cannot be told apart from, and the one named falls short of it by no more than it says under “within” " +
  "(Hsu's multiple comparisons with the best).";

function tableOf(
  rows: readonly AnswerRow[],
  baseline: string | null,
  also: ReportData["also"],
): Html {
  const head = [
    ...["best by", "policy", "value (95 % interval)"],
    ...(isCompared(rows) ? [`against ${baseline ?? "the baseline"}`] : []),
    ...["within", "cannot be told apart from"],
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Who is best"><table>
<thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows.map((row) => rowOf(row, isCompared(rows), also?.get(row.best ?? "") ?? []))}</tbody>
</table></div><p class="reading">${unbroken(READING)}</p>`;
}

const isCompared = (rows: readonly AnswerRow[]) => rows.some(({ change }) => change !== null);

function rowOf(
  { metric, summary, best, ties, value, ...row }: AnswerRow,
  isCompared: boolean,
  alike: readonly string[],
): Html {
  const { change, rivals, within } = row;
  const nobody = ties.length > 0 ? "no others" : "none: it is surely the best";
  const others = best === null ? "–" : rivals.length === 0 ? nobody : few(rivals);
  const who =
    best === null
      ? "all alike"
      : html`<b>${breakable(best)}</b>${alikeText(alike)}${tiesText(ties)}`;
  const compared = isCompared ? html`<td>${change === null ? "–" : changeOf(change)}</td>` : null;
  return html`<tr><th scope="row">${metricLink(metric)}<small>${summary}</small></th><td class="names">${who}</td><td>${unbroken(value)}</td>${compared}<td>${unbroken(within ?? "–")}</td><td class="names rivals">${others}</td></tr>
`;
}

/** How the best differs from its baseline. */
function changeOf({ mean, interval }: NonNullable<AnswerRow["change"]>): Html {
  const bounds = interval === null ? null : html`<span class="bounds">${unbroken(interval)}</span>`;
  return html`<b>${unbroken(mean)}</b>${bounds}`;
}

/** The first names; the others where a reader asks for them. */
function few(labels: readonly string[]): Html {
  const rest = labels.slice(MOST_NAMED);
  const named = labels.slice(0, MOST_NAMED).map(another);
  if (rest.length < 2) return html`${labels.map(another)}`;
  return html`<span>${named}</span> <details><summary>and ${rest.length} others</summary>${rest.map(another)}</details>`;
}

/** Who has the same value without having decided alike. */
function tiesText(ties: readonly string[]): Html | null {
  if (ties.length === 0) return null;
  return html` <details><summary>and ${ties.length} with the same value</summary>${ties.map(another)}</details>`;
}

/** Who decided alike throughout. */
function alikeText(alike: readonly string[]): Html | null {
  return alike.length === 0 ? null : html` <small>also ${alike.map(another)}</small>`;
}

function another(label: string, at: number): Html {
  return html`${at === 0 ? "" : ", "}${breakable(label)}`;
}
