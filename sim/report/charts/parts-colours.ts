/**
 * Colours for the parts of a whole, which are no policies. They stand out from each other and, by 3 to 1,
 * from a light page and a dark one. The last is for what is left over.
 */
export const PART_COLOURS = [
  ...["#3a86c8", "#c96a1b", "#16916b", "#b4579a", "#8a7a12", "#4f93a8"],
  ...["#c8506a", "#7a74c9", "#5f9440", "#a0703f", "#7f868f"],
] as const;

/** A Vega expression: so many columns of a legend as find room, on a narrow page one. */
export function legendColumns(most: number) {
  return { expr: `containerSize()[0] > 0 && containerSize()[0] < 500 ? 1 : ${most}` };
}

/** Of a chart of parts: its own legend, above it. */
export const PARTS_LEGEND = {
  ...{ disable: false, orient: "top", offset: 26, title: null },
  ...{ symbolSize: 110, labelLimit: 400 },
} as const;
