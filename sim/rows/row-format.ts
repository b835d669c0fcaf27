import { InputError } from "../engine/input-error.ts";

/** Formats of the files that rows are left in. */
export const ROW_FORMATS = ["parquet", "csv"] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];

/**
 * Formats as typed, separated by commas: `parquet,csv`.
 *
 * @throws InputError that tells every format that is not known.
 */
export function rowFormats(typed: string): RowFormat[] {
  const names = typed.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !ROW_FORMATS.some((format) => format === name));
  if (unknown.length === 0) return ROW_FORMATS.filter((format) => names.includes(format));
  const known = ROW_FORMATS.join(", ");
  throw new InputError(
    unknown.map((name) => `--rows-format: unknown format: ${name || "(none)"}; known: ${known}`),
  );
}
