/** How the texts of a column stand. */
export type Align = "left" | "right";

/** Rows of texts as columns of equal width, left-aligned unless told otherwise; no spaces at the ends of lines. */
export function aligned(
  rows: readonly (readonly string[])[],
  aligns: readonly Align[] = [],
): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const padded = (text: string, column: number) =>
    aligns[column] === "right" ? text.padStart(widths[column]) : text.padEnd(widths[column]);
  return rows.map((row) => row.map(padded).join("  ").trimEnd()).join("\n");
}
