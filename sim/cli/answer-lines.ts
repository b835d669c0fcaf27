import { answerTable } from "../outcome/answer-table.ts";
import type { Summary } from "../outcome/summary.ts";
import { aligned } from "./aligned.ts";

/** Names that fit a line; the report has them all. */
const MOST_NAMED = 3;

/** Who is best by each of the main metrics, as aligned columns; null where nobody can be called best. */
export function answerLines(summary: Summary): string | null {
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
  const lines = rows.map(({ metric, best, value, change, rivals, within }) => {
    const compared = isCompared ? [change ?? "–"] : [];
    const others = best === null ? "–" : few(rivals);
    return [metric, best ?? "all alike", value, ...compared, within ?? "–", others];
  });
  return aligned([header, ...lines]);
}

function few(labels: readonly string[]): string {
  if (labels.length === 0) return "none";
  const rest = labels.length - MOST_NAMED;
  return [...labels.slice(0, MOST_NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
