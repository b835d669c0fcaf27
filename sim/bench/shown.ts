import type { Figures } from "./benchmark.ts";
import { isRate } from "./benchmark.ts";
import type { Machine } from "./machine.ts";
import type { Spread } from "./measured.ts";

/** All that a run of the benchmarks found. */
export interface Found {
  readonly machine: Machine;
  /** How many times as good as something else measured in the same run. */
  readonly ratios: Figures;
  readonly figures: Readonly<Record<string, Spread>>;
  /** What others did. */
  readonly references: Figures;
}

/** For people: ratios first, since they say the same on every machine. */
export function textOf({ machine, ratios, figures, references }: Found): string {
  const { processor, cores, memory, system, node } = machine;
  const width = Math.max(...[ratios, figures, references].flatMap(lengths));
  const line = (key: string, text: string) => `  ${key.padEnd(width)}  ${text}`;
  return [
    `${processor}, ${cores} cores, ${(memory / 1e9).toFixed(1)} GB, ${system}, Node ${node}`,
    "\ntimes as good as",
    ...Object.entries(ratios).map(([key, value]) => line(key, value.toPrecision(3))),
    "\nmedian (lowest to highest), first time",
    ...Object.entries(figures).map(([key, spread]) => line(key, spreadText(key, spread))),
    ...(Object.keys(references).length === 0 ? [] : ["\nby others"]),
    ...Object.entries(references).map(([key, value]) => line(key, quantity(key, value))),
  ].join("\n");
}

/** For programs: the median of each figure and each ratio by its key, and all the rest beside. */
export function jsonOf({ machine, ratios, figures, references }: Found): string {
  const medians = Object.entries(figures).map(([key, { median }]) => [key, median]);
  const flat = { ...Object.fromEntries(medians), ...ratios };
  return JSON.stringify({ ...flat, machine, spreads: figures, references, ratios }, null, 2);
}

function spreadText(key: string, { median, low, high, cold }: Spread): string {
  const text = (value: number) => quantity(key, value);
  return `${text(median)} (${text(low)} to ${text(high)}), ${text(cold)}`;
}

function quantity(key: string, value: number): string {
  if (isRate(key)) return `${(value / 1e6).toPrecision(3)} M`;
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function lengths(of: object): number[] {
  return Object.keys(of).map((key) => key.length);
}
