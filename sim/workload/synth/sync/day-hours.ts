import { InputError } from "../../../engine/input-error.ts";
import type { Stream } from "../../../engine/random.ts";
import { normal } from "../chance.ts";
import type { SyncRecipe } from "../recipe.ts";

/** Share by which a mean may be out of reach: it was rounded. */
const ROUNDING = 1e-12;

/** Seconds that the traced node synchronises each day. */
export interface DayHours {
  /** Of these, seconds to walk the list of files; the rest it receives. */
  readonly walk: number;
  /** Seconds, by day. */
  readonly total: Float64Array;
  /** The day of the one large release. */
  readonly peak: number;
}

/**
 * The days of the traced node, calibrated: their mean, the longest and the shortest are those of
 * the recipe for every seed.
 *
 * A day is the walk through the list of files and what is new. On the quietest day nothing is, so
 * the shortest day is the walk. One day, drawn evenly, has a release that fills the longest. What is
 * new on the others is log-normal, multiplied so that the mean is met. With the abstract's numbers
 * (section 2: 35 days, mean 1.81 h, maximum 20.53, minimum 0.54) the ordinary days then take
 * 1.28 h: no single law has so long a day and so short a mean.
 *
 * @throws InputError when no such days exist.
 */
export function dayHours({ window, traced, spread }: SyncRecipe, random: Stream): DayHours {
  const { mean, max, min } = traced;
  const days = Math.round(window / 86_400);
  const ordinary = days - 2;
  const rest = days * mean - max - min;
  const dust = ROUNDING * days * max;
  if (days < 3 || rest < ordinary * min - dust || rest > ordinary * max + dust) {
    throw new InputError([
      `invalid mean: ${mean}; ${days} days from ${min} to ${max} seconds cannot have it`,
    ]);
  }
  const draws = Float64Array.from({ length: days }, () => Math.exp(spread * normal(random)));
  const peak = Math.floor(random() * days);
  draws[peak] = Number.POSITIVE_INFINITY;
  const quiet = draws.indexOf(draws.reduce((least, draw) => Math.min(least, draw)));
  draws[quiet] = 0;
  const extra = Math.min(Math.max(0, rest - ordinary * min), ordinary * (max - min));
  const news = spreadOver(draws, extra, max - min);
  return { walk: min, total: news.map((seconds) => min + seconds), peak };
}

/**
 * Numbers in the ratios of the draws, none above `most`, that sum to `sum`; the infinite draw
 * becomes `most` besides.
 */
function spreadOver(draws: Float64Array, sum: number, most: number): Float64Array {
  const values = draws.map((draw) => (draw === Number.POSITIVE_INFINITY ? most : 0));
  let open = [...draws.keys()].filter((day) => values[day] === 0 && draws[day] > 0);
  let left = sum;
  // Each round closes at least one day, or is the last.
  while (open.length > 0) {
    const factor = left / open.reduce((total, day) => total + draws[day], 0);
    const full = open.filter((day) => factor * draws[day] > most);
    for (const day of full.length > 0 ? full : open) {
      values[day] = Math.min(most, factor * draws[day]);
      left -= values[day];
    }
    open = full.length > 0 ? open.filter((day) => !full.includes(day)) : [];
  }
  return values;
}
