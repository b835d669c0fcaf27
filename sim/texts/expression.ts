/**
 * What the braces in a mark say: `{delay.mean as 0 s (0–0)}`.
 *
 *     METRIC [of SOURCE] [at DIMENSION=VALUE, …] [× NUMBER] [/ METRIC …] as FORMAT
 */
import type { Estimate } from "../report/report-data.ts";
import { estimateText, type NumberFormat, numberFormat, rangeText } from "./number-format.ts";
import { type Choice, chosen, meantCells, measureOf, type Source } from "./source.ts";

export interface Expression {
  readonly term: Term;
  /** What the term is divided by. */
  readonly over: Term | null;
  /** The example of the number, as it is typed. */
  readonly format: string;
}

export interface Term {
  readonly metric: string;
  /** Name of the source; that of the table or the text when null. */
  readonly of: string | null;
  readonly at: Choice;
  readonly times: number;
}

/** Finds what a name stands for. @throws Error when there is no such source. */
export type Sources = (name: string) => Source;

/** Where an expression is looked up. */
export interface Setting {
  readonly sources: Sources;
  /** Name of the source that is meant without `of`. */
  readonly from: string;
  /** What the table says of the cell; another source knows nothing of it. */
  readonly choice: Choice;
}

/** @throws Error when it cannot be read. */
export function expressionOf(text: string): Expression {
  const as = text.lastIndexOf(" as ");
  if (as < 0) throw new Error(`expected METRIC as FORMAT; got ${text}`);
  const [first, second, ...more] = text.slice(0, as).split(/ \/ (?=[a-z][\w.]*(?: |$))/i);
  if (more.length > 0) throw new Error(`expected one / at most; got ${text}`);
  return {
    term: termOf(first),
    over: second === undefined ? null : termOf(second),
    format: text.slice(as + " as ".length).trim(),
  };
}

const TERM = /^(\S+)(?: of (\S+))?(?: at (.*?))?(?: × ([\d.]+))?$/;

/** @throws Error when it cannot be read. */
export function termOf(text: string): Term {
  const found = TERM.exec(text.trim());
  if (found === null) {
    throw new Error(`expected METRIC [of SOURCE] [at DIMENSION=VALUE] [× NUMBER]; got ${text}`);
  }
  const [, metric, of = null, at = "", times = "1"] = found;
  return { metric, of, at: choiceOf(at), times: Number(times) };
}

/** `a=x, b=y`; commas in the parentheses of a policy's name do not part. */
function choiceOf(text: string): Choice {
  const parts = text.split(/, *(?![^(]*\))/).filter((part) => part.trim() !== "");
  return new Map(
    parts.map((part): [string, string[]] => {
      const equals = part.indexOf("=");
      if (equals < 0) throw new Error(`expected DIMENSION=VALUE; got ${part}`);
      return [part.slice(0, equals).trim(), [part.slice(equals + 1).trim()]];
    }),
  );
}

/** The value of an expression in words, and as a number by which cells can be compared. */
export interface Evaluated {
  readonly text: string;
  /** The mean; null where it is not defined, or there are several. */
  readonly mean: number | null;
  readonly better: "lower" | "higher" | "none";
}

/** @throws Error when a name is not known, or several cells are meant where one is asked for. */
export function evaluate({ term, over, format }: Expression, setting: Setting): Evaluated {
  const above = valuesIn(term, setting);
  const below = over === null ? null : valuesIn(over, setting);
  if (below !== null && below.unit !== above.unit) {
    throw new Error(`expected a quotient of equal units; got ${above.unit} over ${below.unit}`);
  }
  const example = numberFormat(format, below === null ? above.unit : "ratio");
  const intervals = below === null ? above.intervals : quotients(above, below);
  const better = below === null ? above.better : "none";
  return { text: textOf(intervals, example), mean: onlyMean(intervals), better };
}

/** The mean of a term, to sort by. */
export function meanOf(term: Term, setting: Setting): Pick<Evaluated, "mean" | "better"> {
  const { intervals, better } = valuesIn(term, setting);
  return { mean: onlyMean(intervals), better };
}

interface Values {
  readonly intervals: readonly (Estimate | null)[];
  readonly unit: string;
  readonly better: Evaluated["better"];
}

function valuesIn({ metric, of, at, times }: Term, { sources, from, choice }: Setting): Values {
  const source = sources(of ?? from);
  const { unit, better } = measureOf(source, metric);
  const cells = meantCells(source, of === null || of === from ? chosen(choice, at) : at);
  const scaled = ({ mean, low, high, ...rest }: Estimate) => {
    return { ...rest, mean: times * mean, low: times * low, high: times * high };
  };
  const intervals = cells.map(({ values }) => {
    const interval = values[metric] ?? null;
    return interval === null ? null : scaled(interval);
  });
  return { intervals, unit, better };
}

/**
 * Of the means; how they go together is not known, so that there is no interval. Nothing is known of
 * what is divided by a lower bound.
 */
function quotients(above: Values, below: Values): (Estimate | null)[] {
  const [divisor, ...more] = below.intervals;
  if (more.length > 0) throw new Error("expected one cell after /; got several");
  return above.intervals.map((interval) => {
    if (interval === null || divisor === null || divisor.mean === 0 || divisor.isAtLeast)
      return null;
    const mean = interval.mean / divisor.mean;
    return { ...interval, mean, low: mean, high: mean };
  });
}

function textOf(intervals: readonly (Estimate | null)[], format: NumberFormat): string {
  const known = intervals.filter((interval) => interval !== null);
  if (known.length === 0) return "–";
  if (intervals.length === 1) return estimateText(known[0], format);
  return rangeText(known, format);
}

function onlyMean(intervals: readonly (Estimate | null)[]): number | null {
  return intervals.length === 1 ? (intervals[0]?.mean ?? null) : null;
}
