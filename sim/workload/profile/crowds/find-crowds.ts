import type { Series } from "../series.ts";
import { Baseline } from "./baseline.ts";
import { halfLifeOf } from "./half-life.ts";

/** A crowd begins at so many times the level around it, a fourth above which it ends. */
const ENTER = 2;
const LEAVE = 1.25;
/** How far chance must be exceeded: standard deviations of a Poisson count. */
const SURE = 5;
/** The share of its height to which a crowd must fall, or else it is a new level. */
const FALLEN = 0.5;
const DAY = 86_400;
/** Hours of a day from which its own level is known. */
const HOURS_OF_DAY = 2;

/** A rise of demand that chance and rhythm do not explain, and its fall. */
export interface Crowd {
  /** Seconds from the start of the window. */
  readonly start: number;
  readonly peak: number;
  readonly end: number;
  /** Counts an hour that the baseline and the rhythm gave for the time of the peak. */
  readonly base: number;
  /** Counts an hour at the peak. */
  readonly height: number;
  /** Null if the base is 0. */
  readonly peakOverBase: number | null;
  /** Counts from start to end, and those of them beyond the baseline. */
  readonly counts: number;
  readonly excess: number;
  /** Seconds in which what exceeds the baseline halves; null if it does not fall before the end. */
  readonly halfLife: number | null;
}

/**
 * Finds flash crowds in counts, bin by bin.
 *
 * Counts are divided by the rhythm and smoothed by a median of three bins. A crowd starts where
 * this reaches twice the baseline's level and exceeds it by five standard deviations of a Poisson
 * count. It ends a quarter above the level, or where it doubles again after its peak, which starts
 * the next one. While it lasts, the baseline stands still, except that a level which lasts two days
 * ends it; if the last quarter of such a crowd keeps half the height of the first, it is a new level
 * and not told.
 *
 * @param rhythm The factor of demand, of mean 1, at seconds from the start of the window.
 */
export function findCrowds(counts: Series, rhythm: (time: number) => number): readonly Crowd[] {
  const { values, width } = counts;
  const factors = values.map((_, bin) => Math.max(0.05, rhythm(middle(counts, bin))));
  const calm = values.map((value, bin) => value / factors[bin]);
  const smooth = calm.map((_, bin) => medianOfThree(calm, bin));
  const columns = { counts, calm, smooth, factors };
  const baseline = new Baseline(calm, width);
  const found: Crowd[] = [];
  let open: Open | null = null;

  for (let bin = 0; bin < values.length; bin++) {
    const value = smooth[bin];
    if (open !== null) {
      const isOver: boolean = value < LEAVE * Math.max(open.level, baseline.lasting);
      if (isOver || isNext(value, open, factors[bin])) {
        const crowd = closed(open, bin, columns);
        const isLevel = isOver && value >= LEAVE * open.level && stays(calm, open, bin);
        if (!isLevel) found.push(crowd);
        open = isOver ? null : opened(bin, open.level);
      }
    } else if (isSurely(value, baseline.level, factors[bin])) {
      open = opened(bin, baseline.level);
    }
    if (open !== null) follow(open, value);
    baseline.next(calm[bin], open !== null);
  }
  if (open !== null) found.push(closed(open, values.length, columns));
  return found;
}

/** A crowd under way. Levels are counts a bin without their rhythm. */
interface Open {
  readonly from: number;
  readonly level: number;
  most: number;
  /** The least since the most. */
  least: number;
}

function opened(from: number, level: number): Open {
  return { from, level, most: 0, least: 0 };
}

function follow(open: Open, value: number): void {
  if (value > open.most) open.most = open.least = value;
  else open.least = Math.min(open.least, value);
}

/** Whether a value doubles the level by more than chance would. */
function isSurely(value: number, level: number, factor: number): boolean {
  const expected = level * factor;
  const exceeds = (value - level) * factor > SURE * Math.sqrt(Math.max(expected, 1));
  return exceeds && value >= ENTER * level;
}

/** Whether what had fallen to half rises again as a crowd of its own. */
function isNext(value: number, { least, most, level }: Open, factor: number): boolean {
  return least - level < FALLEN * (most - level) && isSurely(value, least, factor);
}

/** Whether the last quarter of the bins lies above half the height of the first. */
function stays(calm: Float64Array, { from, level }: Open, to: number): boolean {
  const quarter = Math.ceil((to - from) / 4);
  const first = meanOf(calm.subarray(from, from + quarter)) - level;
  return meanOf(calm.subarray(to - quarter, to)) - level > FALLEN * first;
}

interface Columns {
  readonly counts: Series;
  readonly calm: Float64Array;
  readonly smooth: Float64Array;
  readonly factors: Float64Array;
}

function closed(
  { from, level: known }: Open,
  to: number,
  { counts, calm, smooth, factors }: Columns,
): Crowd {
  const { values, width, start } = counts;
  const level = Math.min(known, levelOfDay(calm, from, counts) ?? known);
  let peak = from;
  let sum = 0;
  let excess = 0;
  for (let bin = from; bin < to; bin++) {
    if (smooth[bin] > smooth[peak]) peak = bin;
    sum += values[bin];
    excess += Math.max(0, values[bin] - level * factors[bin]);
  }
  const perHour = 3600 / width;
  const base = level * factors[peak] * perHour;
  return {
    start: Math.max(0, start + from * width),
    peak: Math.max(0, start + peak * width),
    end: start + to * width,
    base,
    height: values[peak] * perHour,
    peakOverBase: level === 0 ? null : calm[peak] / level,
    counts: sum,
    excess,
    halfLife: decay(calm.subarray(peak, to), level, width),
  };
}

/**
 * The mean level of the same day before the bin, since a weekend's level is not the week's; null
 * within the first hours of a day. Days begin where the series does.
 */
function levelOfDay(calm: Float64Array, from: number, { width }: Series): number | null {
  const midnight = from - (from % Math.round(DAY / width));
  if ((from - midnight) * width < HOURS_OF_DAY * 3600) return null;
  return meanOf(calm.subarray(midnight, from));
}

/** The half-life of what exceeds the level from the first of the bins on. */
function decay(calm: Float64Array, level: number, width: number): number | null {
  let sum = 0;
  let ages = 0;
  for (const [bin, value] of calm.entries()) {
    sum += value - level;
    ages += (value - level) * (bin + 0.5) * width;
  }
  return sum <= 0 ? null : halfLifeOf(ages / sum, calm.length * width);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOfThree(values: Float64Array, bin: number): number {
  const a = values[Math.max(0, bin - 1)];
  const b = values[bin];
  const c = values[Math.min(values.length - 1, bin + 1)];
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function middle({ start, width }: Series, bin: number): number {
  return start + (bin + 0.5) * width;
}
