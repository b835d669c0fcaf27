import { answerTable } from "../outcome/answer-table.ts";
import type { Summary } from "../outcome/summary.ts";
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
      ...rows.map(({ metric, best, value, change, rivals, within }) => {
        const compared = isCompared ? [change ?? "–"] : [];
        const others = best === null ? "–" : few(rivals, most);
        return [metric, best ?? "all alike", value, ...compared, within ?? "–", others];
      }),
    ]);
  const isTooWide = (text: string) => text.split("\n").some((line) => line.length > width);
  let most = MOST_NAMED;
  while (most > 0 && isTooWide(table(most))) most--;
  return table(most);
}

function few(labels: readonly string[], most: number): string {
  if (labels.length === 0) return "none";
  const rest = labels.length - most;
  return [...labels.slice(0, most), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
