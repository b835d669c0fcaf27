/** How far a trace that was made again is from the one it was fitted to. */
import { tallyFiles } from "../profile/file-tally.ts";
import type { AccessTrace } from "../trace/trace.ts";
import { kolmogorovSmirnov, logWasserstein, rankDistance } from "./distance.ts";
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
  popularity: 0.05,
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
