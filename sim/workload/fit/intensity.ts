import { emptySeries, type Series, sinceMidnight } from "../profile/series.ts";
import type { ArrivalsModel, CrowdModel, FittedRecipe } from "./recipe.ts";

const HOUR = 3600;
const DAY = 86_400;
/** Seconds within which arrivals are even. */
const STEP = 600;

/** Expected visits in each ten minutes of the window. */
export function intensityOf({ window, epoch, arrivals }: FittedRecipe): Series {
  const series = emptySeries({ window, epoch }, STEP);
  const firstDay = emptySeries({ window, epoch }, DAY).start;
  const clock = { hours: arrivals.hours, epoch };
  const place = (bin: number) => {
    const time = series.start + (bin + 0.5) * STEP;
    return { day: Math.floor((time - firstDay) / DAY), factor: factorAt(time, clock) };
  };
  // Days are cut by the window, so that their visits are spread over what is left of them.
  const factors = new Float64Array(arrivals.days.length);
  for (let bin = 0; bin < series.values.length; bin++) {
    const { day, factor } = place(bin);
    factors[day] += factor;
  }
  for (let bin = 0; bin < series.values.length; bin++) {
    const { day, factor } = place(bin);
    if (factors[day] > 0) series.values[bin] += (arrivals.days[day] * factor) / factors[day];
  }
  for (const crowd of arrivals.crowds) {
    addCrowd(crowd, clock, (time, visits) => {
      series.values[Math.floor((time - series.start) / STEP)] += visits;
    });
  }
  return series;
}

interface Clock extends Pick<ArrivalsModel, "hours"> {
  readonly epoch: number | null;
}

/** Gives the visits of a crowd by the time of their ten minutes: its decay in the rhythm of the day. */
export function addCrowd(
  { at, end, visits, halfLife }: CrowdModel,
  clock: Clock,
  add: (time: number, visits: number) => void,
): void {
  const parts: { readonly time: number; readonly weight: number }[] = [];
  for (let from = at; from < end; from += STEP) {
    const time = (from + Math.min(end, from + STEP)) / 2;
    parts.push({ time, weight: 2 ** (-(time - at) / halfLife) * factorAt(time, clock) });
  }
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  if (sum > 0) for (const { time, weight } of parts) add(time, (visits * weight) / sum);
}

function factorAt(time: number, { hours, epoch }: Clock): number {
  return hours[Math.floor((time + sinceMidnight(epoch)) / HOUR) % 24];
}
