import { isRate, isRatio } from "./benchmark.ts";
import type { Machine } from "./machine.ts";
import type { Spread, Spreads } from "./spreads.ts";

/** All that a run of the benchmarks found. */
export interface Found {
  readonly machine: Machine;
  readonly figures: Spreads;
}

/** For people: ratios first, since they say the same on every machine. */
export function textOf({ machine, figures }: Found): string {
  const { processor, cores, memory, system, node } = machine;
  const all = Object.entries(figures);
  const width = Math.max(...all.map(([key]) => key.length));
  const lines = (of: typeof all) =>
    of.map(([key, spread]) => `  ${key.padEnd(width)}  ${spreadText(key, spread)}`);
  return [
    `${processor}, ${cores} cores, ${(memory / 1e9).toFixed(1)} GB, ${system}, Node ${node}`,
    "median (lowest to highest), first time",
    "ratios",
    ...lines(all.filter(([key]) => isRatio(key))),
    "figures",
    ...lines(all.filter(([key]) => !isRatio(key))),
  ].join("\n");
}

/** For programs: the median of each figure by its key, and the rest beside. */
export function jsonOf({ machine, figures }: Found): string {
  return JSON.stringify({ ...medians(figures), machine, spreads: figures }, null, 2);
}

export function medians(figures: Spreads): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([key, { median }]) => [key, median]));
}

function spreadText(key: string, { median, low, high, cold }: Spread): string {
  const text = (value: number) => quantity(key, value);
  const first = cold === null ? "" : `, ${text(cold)}`;
  return `${text(median)} (${text(low)} to ${text(high)})${first}`;
}

function quantity(key: string, value: number): string {
  if (isRate(key)) return `${(value / 1e6).toPrecision(3)} M`;
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
