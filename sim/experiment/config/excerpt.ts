/** A stretch of a text file, in characters from its start. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Characters of a long line that are shown. */
const SHOWN = 120;

/**
 * A problem with its place, the source line and a caret:
 *
 *     flood.yaml:3:5: unknown field: sed; known: title, seed
 *        3 | sed: 1
 *          | ^^^
 *          = did you mean 'seed'?
 */
export function excerpt(
  file: string,
  source: string,
  span: Span,
  message: string,
  hint?: string,
): string {
  const before = source.slice(0, span.offset).split("\n");
  const column = (before.at(-1) ?? "").length;
  const line = (source.split("\n")[before.length - 1] ?? "").replace(/\r$/, "");
  const start = column < SHOWN ? 0 : column - SHOWN / 2;
  const shown = printable(line.slice(start, start + SHOWN));
  const carets = "^".repeat(Math.max(1, Math.min(span.length, shown.length - (column - start))));
  const rows = [
    `${file}:${before.length}:${column + 1}: ${message}`,
    `${String(before.length).padStart(5)} | ${shown}`.trimEnd(),
    `      | ${" ".repeat(column - start)}${carets}`,
  ];
  if (hint !== undefined) rows.push(`      = ${hint}`);
  return rows.join("\n");
}

/** One column a character, and nothing that a terminal would obey. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, " ");
}
