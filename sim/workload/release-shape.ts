import type { Rhythm } from "./rhythm.ts";

const DAY = 86_400;

/** Seconds over which a hazard is taken to be constant; a day is a multiple of it. */
const STEP = 900;

/**
 * How machines come for a release: the hazard, that is the rate at which those that have not come
 * yet do so, by the age of the release. Given by its integral at some ages, even between them; the
 * last slope goes on beyond.
 */
export interface ReleaseShape {
  /** Seconds since the release, increasing from 0. */
  readonly age: readonly number[];
  /** The hazard's integral by then, never decreasing from 0. */
  readonly hazard: readonly number[];
}

/** One point of a measured curve: what share of the downloads had come by some age. */
export interface CurvePoint {
  /** Hours since the release. */
  readonly hours: number;
  /** From 0 to 1. */
  readonly share: number;
}

/**
 * The shape of a measured curve. Its last point, where the share is 1 because counting stopped
 * there, says nothing about the hazard and is left out.
 */
export function measuredShape(curve: readonly CurvePoint[]): ReleaseShape {
  const known = curve.filter(({ share }) => share < 1);
  return {
    age: known.map(({ hours }) => hours * 3600),
    hazard: known.map(({ share }) => -Math.log1p(-share)),
  };
}

/**
 * A constant hazard: of those still to come, the same share comes in every hour. The default gives
 * 80 % within the first day, the share of unique downloaders that Gkantsidis, Karagiannis and
 * Vojnović report for patches of an operating system ("Planet Scale Software Updates", SIGCOMM
 * 2006): 14.9 h.
 */
export function exponentialShape(timeConstant = DAY / -Math.log1p(-0.8)): ReleaseShape {
  return { age: [0, DAY], hazard: [0, DAY / timeConstant] };
}

/** When machines come for one release, as a distribution. */
export interface Arrivals {
  /** The share of machines that come within so many seconds of the release. */
  share(age: number): number;
  /** The age by which a share of the machines has come; `Infinity` if it is beyond the window. */
  ageAt(share: number): number;
}

/**
 * Combines a shape with the rhythm of the week and, if given, the share that comes within the
 * first day.
 *
 * The rhythm multiplies the hazard at each time. To meet a first-day share the hazard at every age
 * is multiplied by one number, so a crowd that is more eager than the measured one still has the
 * measured course: at first the hazard is nearly constant, later it falls.
 */
export function arrivals(
  shape: ReleaseShape,
  rhythm: Rhythm,
  {
    at,
    until,
    firstDay,
  }: {
    /** Seconds from the start of the window to the release. */
    readonly at: number;
    /** Seconds from the start of the window after which nothing is asked. */
    readonly until: number;
    /** Between 0 and 1, both excluded. Without it, the shape and the rhythm decide. */
    readonly firstDay?: number;
  },
): Arrivals {
  const steps = Math.ceil(Math.max(until - at, DAY) / STEP);
  const hazard = new Float64Array(steps + 1);
  for (let step = 0; step < steps; step++) {
    const start = step * STEP;
    const gain = hazardBy(shape, start + STEP) - hazardBy(shape, start);
    const busy = (rhythm.elapsed(at + start + STEP) - rhythm.elapsed(at + start)) / STEP;
    hazard[step + 1] = hazard[step] + gain * busy;
  }
  const eagerness = firstDay === undefined ? 1 : -Math.log1p(-firstDay) / hazard[DAY / STEP];
  for (let step = 0; step <= steps; step++) hazard[step] *= eagerness;

  return {
    share: (age) => -Math.expm1(-between(hazard, age / STEP)),
    ageAt: (share) => positionOf(hazard, -Math.log1p(-share)) * STEP,
  };
}

function hazardBy({ age, hazard }: ReleaseShape, time: number): number {
  const found = age.findIndex((end) => end >= time);
  const end = found < 0 ? age.length - 1 : Math.max(1, found);
  const slope = (hazard[end] - hazard[end - 1]) / (age[end] - age[end - 1]);
  return hazard[end - 1] + slope * (time - age[end - 1]);
}

/** The value at a fractional position, even between two entries. */
function between(values: Float64Array, position: number): number {
  const before = Math.min(Math.floor(position), values.length - 2);
  return values[before] + (values[before + 1] - values[before]) * (position - before);
}

/** The first fractional position at which never-decreasing values reach a value. */
function positionOf(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  if (low === values.length) return Number.POSITIVE_INFINITY;
  return low - 1 + (value - values[low - 1]) / (values[low] - values[low - 1]);
}
