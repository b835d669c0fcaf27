import type { Series } from "../history.ts";

/** How much was counted in about the last `seconds`, and how long that was. */
export function recent(
  { counts }: Pick<Series, "counts">,
  samples: readonly number[],
  seconds: number,
): { readonly count: number; readonly seconds: number } {
  let [count, passed] = [0, 0];
  for (let at = samples.length - 1; at >= 0 && passed < seconds; at--) {
    count += counts[at];
    passed += samples[at];
  }
  return { count, seconds: passed };
}

/** The same per second; 0 where there is no sample yet. */
export function recentRate(
  series: Pick<Series, "counts">,
  samples: readonly number[],
  seconds: number,
): number {
  const { count, seconds: passed } = recent(series, samples, seconds);
  return passed === 0 ? 0 : count / passed;
}

/** The sum of series, sample by sample. */
export function together(
  all: readonly Pick<Series, "counts">[],
  samples: readonly number[],
): Pick<Series, "counts"> {
  return {
    counts: samples.map((_, at) => all.reduce((sum, { counts }) => sum + counts[at], 0)),
  };
}
