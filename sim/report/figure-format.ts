import { InputError } from "../engine/input-error.ts";

/** Formats in which figures are written to files, for papers and texts. */
export const FIGURE_FORMATS = ["svg", "png"] as const;
export type FigureFormat = (typeof FIGURE_FORMATS)[number];

/**
 * Formats of figures as typed, separated by commas: `svg,png`.
 *
 * @throws InputError that tells every format that is not known.
 */
export function figureFormats(typed: string): FigureFormat[] {
  const names = typed.split(",").map((name) => name.trim());
  const known = FIGURE_FORMATS.filter((format) => names.includes(format));
  const unknown = names.filter((name) => !FIGURE_FORMATS.some((format) => format === name));
  if (unknown.length === 0) return known;
  const formats = FIGURE_FORMATS.join(", ");
  throw new InputError(
    unknown.map((name) => `--charts: unknown format: ${name || "(none)"}; known: ${formats}`),
  );
}
