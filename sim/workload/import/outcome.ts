/** What became of a line. Every line has one outcome, so that counts add up to the lines of a file. */
export type Outcome =
  /** It gave a row, or completed one that lines before it began. */
  | { readonly kind: "row" }
  /** It is sound and gives no row. */
  | { readonly kind: "ignored"; readonly reason: string }
  /** It is not a line of the format. */
  | { readonly kind: "bad"; readonly reason: string };

export type NoRow = Exclude<Outcome, { readonly kind: "row" }>;

export const ROW: Outcome = { kind: "row" };

export function ignored(reason: string): NoRow {
  return { kind: "ignored", reason };
}

/** `reason` is of the form `expected …; got …`. */
export function bad(reason: string): NoRow {
  return { kind: "bad", reason };
}

export const BLANK = ignored("blank line");
export const NO_BYTES = ignored("no bytes");
export const NOT_GET = ignored("not a GET");

/** Statuses are few: each has its outcome made once. */
const STATUSES = new Map<number, NoRow>();

/** A download is answered with 200 or, in part, with 206 (RFC 9110, sections 15.3.1 and 15.3.7). */
export function isDelivered(status: number): boolean {
  return status === 200 || status === 206;
}

export function ignoredStatus(status: number): NoRow {
  const known = STATUSES.get(status);
  if (known !== undefined) return known;
  const outcome = ignored(`status ${status}`);
  STATUSES.set(status, outcome);
  return outcome;
}
