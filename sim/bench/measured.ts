import { median } from "d3-array";
import type { Figures, Ratio } from "./benchmark.ts";
import { isRate } from "./benchmark.ts";

/** What a benchmark's process sends back. */
export interface Rounds {
  /** By round; the first one is cold. */
  readonly rounds: readonly Figures[];
  readonly references: Figures;
}

/** A figure over its rounds. Where there is one round only, it is cold and warm. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly cold: number;
}

/** The spread of each figure over all rounds but the first, and the first by itself. */
export function spreads(rounds: readonly Figures[]): Readonly<Record<string, Spread>> {
  const warm = rounds.length > 1 ? rounds.slice(1) : rounds;
  const keys = [...new Set(rounds.flatMap((figures) => Object.keys(figures)))];
  return Object.fromEntries(
    keys.map((key) => {
      const values = warm.flatMap((figures) => figures[key] ?? []);
      const low = Math.min(...values);
      const high = Math.max(...values);
      return [key, { median: median(values) ?? Number.NaN, low, high, cold: rounds[0][key] }];
    }),
  );
}

/** How many times as good; ratios of what was not measured are left out. Above 1 is better. */
export function ratiosOf(
  ratios: readonly Ratio[],
  found: Readonly<Record<string, Spread>>,
  references: Figures,
): Figures {
  const valueOf = (key: string) => found[key]?.median ?? references[key];
  return Object.fromEntries(
    ratios.flatMap(({ key, of, over }) => {
      const [own, other] = [valueOf(of), valueOf(over)];
      if (own === undefined || other === undefined) return [];
      return [[key, isRate(of) ? own / other : other / own]];
    }),
  );
}
