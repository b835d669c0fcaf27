import { ascending, group, mean } from "d3-array";
import type { Interval } from "../report-data.ts";

/** Digits that survive into a chart: finer than a pixel, and half the size of the page. */
const DIGITS = 4;

export function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** The interval as drawn: where a single run leaves it unbounded, it shrinks to the mean. */
export function drawn({ mean, low, high }: Interval): Interval {
  return {
    mean: rounded(mean),
    low: rounded(Number.isFinite(low) ? low : mean),
    high: rounded(Number.isFinite(high) ? high : mean),
  };
}

/** Sentences that somebody listens to in one go. */
const MOST_SENTENCES = 8;

/** What a chart shows in words, a sentence each; of many, how many the chart's table has more. */
export function inWords<Item>(items: readonly Item[], sentence: (item: Item) => string): string {
  const more = items.length - MOST_SENTENCES;
  const told = items.slice(0, MOST_SENTENCES).map(sentence);
  return [...told, ...(more > 0 ? [`${more} more are in the table of its data.`] : [])].join(" ");
}

/** Rows by the policies that have any, in the order of `policies`. */
export function byPolicy<Row extends { readonly policy: string }>(
  rows: readonly Row[],
  policies: readonly string[],
): (readonly [policy: string, rows: readonly Row[]])[] {
  const found = group(rows, ({ policy }) => policy);
  return policies.flatMap((policy) => {
    const own = found.get(policy);
    return own === undefined ? [] : [[policy, own] as const];
  });
}

/** Means over `width` rows in a row. A mean of intervals is wider than the interval of the mean. */
export function averaged<Row extends Interval & { readonly time: number }>(
  rows: readonly Row[],
  width: number,
): (Interval & { readonly time: number })[] {
  const sorted = [...rows].sort((a, b) => ascending(a.time, b.time));
  return Array.from({ length: Math.ceil(sorted.length / width) }, (_, at) => {
    const few = sorted.slice(at * width, (at + 1) * width);
    const over = (value: (row: Row) => number) => mean(few, value) ?? Number.NaN;
    return {
      time: few[0]?.time ?? 0,
      mean: over((row) => row.mean),
      low: over((row) => row.low),
      high: over((row) => row.high),
    };
  });
}

/** At most `limit` of the values, evenly spaced by rank, with the first and the last. */
export function evenlySpaced<Value>(sorted: readonly Value[], limit: number): readonly Value[] {
  if (sorted.length <= limit) return sorted;
  const step = (sorted.length - 1) / (limit - 1);
  return Array.from({ length: limit }, (_, at) => sorted[Math.round(at * step)] as Value);
}
