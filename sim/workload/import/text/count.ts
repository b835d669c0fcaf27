/**
 * A count, such as of bytes: decimal digits, up to 2⁵³ − 1; NaN for anything else. Signs, fractions
 * and numbers beyond what a double holds exactly are mistakes of whoever wrote the log.
 */
export function countOf(text: string): number {
  if (!/^\d{1,16}$/.test(text)) return Number.NaN;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : Number.NaN;
}
