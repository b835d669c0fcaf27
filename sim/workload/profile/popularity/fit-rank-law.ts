import { type ExponentFit, fitExponents } from "./fit-exponents.ts";
import { type RankBin, rankBins } from "./rank-bins.ts";
import { type RankLaw, rankShares } from "./rank-law.ts";

/**
 * Files with fewer requests are left out of the fit: among them chance decides the rank, which
 * makes any tail look steeper than it is.
 */
const LEAST_REQUESTS = 10;
const MOST_PIECES = 3;
/** Breaks of a first, coarse search. */
const MOST_BREAKS = 24;
/** What a piece must add to the mean logarithm of the likelihood: less could not be seen. */
const WORTHWHILE = 5e-4;

export interface RankLawFit extends RankLaw {
  /** Requests to the ranks that the fit covers. */
  readonly requests: number;
  /** The largest distance between the shares of requests up to a rank: Kolmogorov, Smirnov. */
  readonly distance: number;
}

/**
 * The power law in one to three pieces, or as many as are told, that makes counts by rank most likely; null for fewer than
 * two ranks.
 *
 * Exponents are those of maximum likelihood, not of a line through a log-log plot, which weighs
 * the points wrongly (A. Clauset, C. Shalizi, M. Newman, "Power-law distributions in empirical
 * data", SIAM Review 51(4), 2009, section 3). Breaks are searched for. Another piece must earn its
 * two parameters by Schwarz's criterion (G. Schwarz, "Estimating the dimension of a model", Annals
 * of Statistics 6(2), 1978) and be more than a wrinkle.
 *
 * @param counts Requests by rank, never increasing.
 */
export function fitRankLaw(
  counts: ArrayLike<number>,
  leastRequests = LEAST_REQUESTS,
  mostPieces = MOST_PIECES,
): RankLawFit | null {
  let ranks = 0;
  while (ranks < counts.length && counts[ranks] >= leastRequests) ranks++;
  if (ranks < 2) return null;
  const bins = rankBins(counts, ranks);
  const requests = bins.reduce((sum, bin) => sum + bin.requests, 0);

  const best = bestBreaks(bins, breaksAmong(bins, ranks), mostPieces);
  const pieces = best.exponents.map((exponent, at) => ({
    from: at === 0 ? 1 : best.breaks[at - 1],
    exponent,
  }));
  const law = { ranks, pieces };
  return { ...law, requests, distance: distance(counts, law, requests) };
}

/**
 * Ranks at which pieces may meet. The last piece begins in the first half of the ranks, since near
 * the end of a catalogue chance alone bends the curve.
 */
function breaksAmong(bins: readonly RankBin[], ranks: number): readonly number[] {
  return bins.flatMap(({ from }) => (from > 1 && 2 * from <= ranks + 1 ? [from] : []));
}

interface Choice extends ExponentFit {
  readonly breaks: readonly number[];
}

/** The most likely breaks of the fewest pieces such that no further piece is worthwhile. */
function bestBreaks(
  bins: readonly RankBin[],
  edges: readonly number[],
  mostPieces: number,
): Choice {
  const requests = bins.reduce((sum, bin) => sum + bin.requests, 0);
  const least = Math.max(Math.log(requests), WORTHWHILE * requests);
  const tried = (breaks: readonly number[]): Choice => ({ breaks, ...fitExponents(bins, breaks) });
  const coarse = evenly(edges, MOST_BREAKS);

  let best = tried([]);
  for (let pieces = 2; pieces <= mostPieces; pieces++) {
    const fits = spaced(coarse, pieces - 1).map(tried);
    if (fits.length === 0) break;
    const finest = refined(fits.reduce(likelier), edges, tried);
    // Another piece costs two parameters of half a logarithm of the requests each.
    if (finest.logLikelihood - best.logLikelihood > least) best = finest;
  }
  return best;
}

/** Every way to choose so many breaks in order, each half as large again as the one before. */
function spaced(edges: readonly number[], many: number): readonly (readonly number[])[] {
  if (many === 0) return [[]];
  return spaced(edges, many - 1).flatMap((breaks) =>
    edges.filter((edge) => isSpaced([...breaks, edge])).map((edge) => [...breaks, edge]),
  );
}

function isSpaced(breaks: readonly number[]): boolean {
  return breaks.every((edge, at) => edge >= 1.5 * (breaks[at - 1] ?? 1));
}

/** Moves one break at a time to its most likely edge, twice. */
function refined(
  start: Choice,
  edges: readonly number[],
  tried: (breaks: readonly number[]) => Choice,
): Choice {
  let best = start;
  for (let round = 0; round < 2; round++) {
    for (let at = 0; at < start.breaks.length; at++) {
      const moves = edges.map((edge) => best.breaks.with(at, edge)).filter(isSpaced);
      best = moves.map(tried).reduce(likelier, best);
    }
  }
  return best;
}

function likelier(best: Choice, each: Choice): Choice {
  return each.logLikelihood > best.logLikelihood ? each : best;
}

/** At most `many` of the edges, evenly spaced by their place. */
function evenly(edges: readonly number[], many: number): readonly number[] {
  if (edges.length <= many) return edges;
  const step = (edges.length - 1) / (many - 1);
  return Array.from({ length: many }, (_, at) => edges[Math.round(at * step)]);
}

function distance(counts: ArrayLike<number>, law: RankLaw, requests: number): number {
  const shares = rankShares(law);
  let gap = 0;
  let largest = 0;
  for (let rank = 0; rank < law.ranks; rank++) {
    gap += counts[rank] / requests - shares[rank];
    largest = Math.max(largest, Math.abs(gap));
  }
  return largest;
}
