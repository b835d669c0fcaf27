/** How far a trace that was made again is from the one it was fitted to. */
import { tallyFiles } from "../profile/file-tally.ts";
import type { AccessTrace } from "../trace/trace.ts";
import { visitsOf } from "./visits.ts";

export interface Distances {
  /** Kolmogorov's and Smirnov's, of the sizes of files, and Wasserstein's in powers of ten. */
  readonly sizes: number;
  readonly sizesMoved: number;
  /** Of the shares of requests by rank. */
  readonly popularity: number;
  /** Of the times at which visits start, and of all requests' times. */
  readonly arrivals: number;
  readonly requestTimes: number;
  /** Of the requests of a visit, the pauses between them and the visits of a customer. */
  readonly visitRequests: number;
  readonly gaps: number;
  readonly visits: number;
}

/** The largest distances that a fitted trace may have; a larger scale changes none of them. */
export const BOUNDS: Distances = {
  sizes: 0.02,
  sizesMoved: 0.03,
  popularity: 0.06,
  arrivals: 0.05,
  requestTimes: 0.06,
  visitRequests: 0.05,
  gaps: 0.1,
  visits: 0.03,
};

export function distancesOf(one: AccessTrace, other: AccessTrace): Distances {
  const [a, b] = [visitsOf(one), visitsOf(other)];
  return {
    sizes: kolmogorovSmirnov(one.catalogue.size, other.catalogue.size),
    sizesMoved: logWasserstein(one.catalogue.size, other.catalogue.size),
    popularity: rankDistance(tallyFiles(one).requests, tallyFiles(other).requests),
    arrivals: kolmogorovSmirnov(a.start, b.start),
    requestTimes: kolmogorovSmirnov(one.requests.time, other.requests.time),
    visitRequests: kolmogorovSmirnov(a.requests, b.requests),
    gaps: kolmogorovSmirnov(a.gaps, b.gaps),
    visits: kolmogorovSmirnov(a.perCustomer, b.perCustomer),
  };
}

/**
 * The distance of two distributions, given by numbers drawn from them: the largest difference
 * between the shares of their numbers that are at most some value, from 0 to 1.
 *
 * Source: A. Kolmogorov, 1933; N. Smirnov, 1948.
 */
export function kolmogorovSmirnov(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const a = Float64Array.from(one).sort();
  const b = Float64Array.from(other).sort();
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/**
 * How far the mass of one distribution of positive numbers is moved to make the other, in powers of
 * ten: the area between their quantiles on a logarithmic scale (L. Wasserstein's distance).
 */
export function logWasserstein(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const a = Float64Array.from(one, Math.log10).sort();
  const b = Float64Array.from(other, Math.log10).sort();
  let [i, j, from, area] = [0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    const to = Math.min((i + 1) / a.length, (j + 1) / b.length);
    area += (to - from) * Math.abs(a[i] - b[j]);
    if (to === (i + 1) / a.length) i++;
    if (to === (j + 1) / b.length) j++;
    from = to;
  }
  return area;
}

/**
 * The largest difference between the shares of all requests that go to the most requested files, as
 * many on either side: Kolmogorov's and Smirnov's distance of two laws of ranks.
 *
 * @param one Requests to each file, in any order.
 */
export function rankDistance(one: Uint32Array, other: Uint32Array): number {
  const a = one.slice().sort().reverse();
  const b = other.slice().sort().reverse();
  const [all, others] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  let gap = 0;
  let largest = 0;
  for (let rank = 0; rank < Math.max(a.length, b.length); rank++) {
    gap += (a[rank] ?? 0) / all - (b[rank] ?? 0) / others;
    largest = Math.max(largest, Math.abs(gap));
  }
  return largest;
}
