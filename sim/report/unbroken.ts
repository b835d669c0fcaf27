/** A number and what it counts, or a range's bracket and its first number. */
const PAIR = /(\d) (?=(?:%|[kMGTP]?B|[KMG]iB|[kMG]?bit\/s|ms|s|min|h|d)(?![\w/]))/g;

/** The text with no line break between a number and its unit. */
export function unbroken(text: string): string {
  return text.replace(PAIR, "$1\u00a0");
}
