import { InputError } from "../../engine/input-error.ts";
import { parseQuantity } from "../../experiment/config/quantity.ts";

/** What a reader wants to know of a journal's decisions, as typed. */
export interface TypedJournalQuestion {
  readonly request: string | undefined;
  readonly customer: string | undefined;
  readonly at: string | undefined;
  readonly reason: string | undefined;
  readonly file: string | undefined;
  readonly last: string | undefined;
}

/** Which decisions are told: those that fit all that is not null, the last of them. */
export interface JournalQuestion {
  /** The line of the journal. */
  readonly line: number | null;
  readonly customer: number | null;
  /** Host time up to which, in seconds, or the time of day in milliseconds since 1970. */
  readonly until: { readonly host: number } | { readonly day: number } | null;
  readonly reason: string | null;
  /** The path. */
  readonly file: string | null;
  /** How many are told; in an overview, of how many the exclusions are counted. */
  readonly last: number;
  /** Whether no decision was asked for, but what they are like. */
  readonly isOverview: boolean;
}

const MOST = 2 ** 53;

/** @throws InputError with all that is wrong with what was typed. */
export function journalQuestion(typed: TypedJournalQuestion): JournalQuestion {
  const problems: string[] = [];
  const whole = (name: string, text: string | undefined, from: number): number | null => {
    if (text === undefined) return null;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value < MOST) return value;
    problems.push(`--${name}: expected a whole number from ${from} on; got ${text}`);
    return null;
  };
  const line = whole("request", typed.request, 1);
  const customer = whole("customer", typed.customer, 0);
  const last = whole("last", typed.last, 1);
  const until = typed.at === undefined ? null : timeOf(typed.at);
  if (until === undefined) {
    const expected = "expected seconds, a time such as 1 d 9 h or a day such as 2026-12-01T12:30Z";
    problems.push(`--at: ${expected}; got ${typed.at}`);
  }
  if (until === undefined || problems.length > 0) throw new InputError(problems);
  const { reason = null, file = null } = typed;
  const asked = [line, customer, until, reason, file];
  const isOverview = asked.every((each) => each === null);
  return { line, customer, until, reason, file, last: last ?? (isOverview ? 1000 : 1), isOverview };
}

/** Undefined where it is no time. A day without a zone is one of this machine's. */
function timeOf(text: string): JournalQuestion["until"] | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return { host: Number(text) };
  const read = parseQuantity(text, "duration");
  if ("value" in read) return { host: read.value };
  const day = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(day) ? undefined : { day };
}
