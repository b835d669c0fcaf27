import { answerTable } from "../outcome/answer-table.ts";
import type { Summary } from "../outcome/summary.ts";
import type { AnswerRow } from "../report/report-data.ts";
import { aligned } from "./aligned.ts";

/** Of those that cannot be told apart so many are named, if there is room; the report names all. */
const MOST_NAMED = 3;

/**
 * Who is best by each of the main metrics, as aligned columns; null where nobody can be called best.
 * As many others are named as stand in lines of `width` characters.
 */
export function answerLines(summary: Summary, width = Number.POSITIVE_INFINITY): string | null {
  const rows = answerTable(summary);
  if (rows.length === 0) return null;
  const isCompared = rows.some(({ change }) => change !== null);
  const against = isCompared ? [`against ${summary.baseline}`] : [];
  const header = [
    "best by",
    "policies",
    "value (95 % interval)",
    ...against,
    "within",
    "cannot be told apart from",
  ];
  const table = (most: number) =>
    aligned([
      header,
      ...rows.map(({ metric, best, ties, value, change, rivals, within }) => {
        const compared = isCompared ? [changeText(change)] : [];
        const others =
          best === null ? "–" : few(rivals, most, ties.length > 0 ? "no others" : "none");
        const who = ties.length === 0 ? (best ?? "all alike") : `${best} and ${ties.length} alike`;
        return [metric, who, value, ...compared, within ?? "–", others];
      }),
    ]);
  const isTooWide = (text: string) => text.split("\n").some((line) => line.length > width);
  let most = MOST_NAMED;
  while (most > 0 && isTooWide(table(most))) most--;
  return table(most);
}

function changeText(change: AnswerRow["change"]): string {
  if (change === null) return "–";
  return change.interval === null ? change.mean : `${change.mean} (${change.interval})`;
}

function few(labels: readonly string[], most: number, nobody: string): string {
  if (labels.length === 0) return nobody;
  const rest = labels.length - most;
  return [...labels.slice(0, most), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
