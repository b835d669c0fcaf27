import { median } from "d3-array";
import type { Figures } from "./benchmark.ts";

/** A figure over its rounds. */
export interface Spread {
  /** Of the warm rounds, like the lowest and the highest. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** In the first round of a fresh process; null where that has not measured it. */
  readonly cold: number | null;
}

export type Spreads = Readonly<Record<string, Spread>>;

/** The spread of each figure over all rounds but the first; a single round is cold and warm. */
export function spreads(rounds: readonly Figures[]): Spreads {
  const warm = rounds.length > 1 ? rounds.slice(1) : rounds;
  const keys = [...new Set(warm.flatMap((figures) => Object.keys(figures)))];
  return Object.fromEntries(
    keys.map((key) => {
      const values = warm.flatMap((figures) => figures[key] ?? []);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const cold = rounds[0][key] ?? null;
      return [key, { median: median(values) ?? low, low, high, cold }];
    }),
  );
}
