import type { RankBin } from "./rank-bins.ts";

/** The most likely exponents of the pieces between given breaks. */
export interface ExponentFit {
  readonly exponents: readonly number[];
  readonly logLikelihood: number;
}

const MOST_STEPS = 50;
/** Beyond this no law of popularity goes; it bounds the search where a piece holds no request. */
const STEEPEST = 20;

/**
 * The exponents that make the requests most likely, drawn independently from a law with pieces
 * that begin at rank 1 and at each of the breaks.
 *
 * The law is an exponential family in its exponents: its sufficient statistics are how far the
 * logarithm of a rank reaches into each piece. The likelihood is therefore concave and Newton's
 * method finds its only maximum.
 */
export function fitExponents(bins: readonly RankBin[], breaks: readonly number[]): ExponentFit {
  const reach = bins.map((bin) => reachOf(bin, breaks));
  const requests = bins.reduce((sum, bin) => sum + bin.requests, 0);
  const pieces = breaks.length + 1;
  const observed = Array.from({ length: pieces }, (_, piece) =>
    bins.reduce((sum, bin, at) => sum + (bin.requests / requests) * reach[at][piece], 0),
  );

  let exponents: readonly number[] = new Array<number>(pieces).fill(1);
  let current = moments(bins, reach, exponents);
  let likelihood = meanLogLikelihood(exponents, observed, current);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = current.mean.map((mean, piece) => mean - observed[piece]);
    const change = solve(current.covariance, gradient);
    let next = current;
    let better = likelihood;
    let taken = exponents;
    for (let part = 1; part > 1e-6; part /= 2) {
      const trial = exponents.map((value, at) => clamp(value + part * change[at]));
      next = moments(bins, reach, trial);
      better = meanLogLikelihood(trial, observed, next);
      if (better >= likelihood) {
        taken = trial;
        break;
      }
    }
    const gain = better - likelihood;
    if (!(gain > 0)) break;
    [exponents, current, likelihood] = [taken, next, better];
    if (gain < 1e-13) break;
  }
  return { exponents, logLikelihood: likelihood * requests };
}

/** How far the mean logarithm of a bin's ranks reaches into each piece; bins do not span a break. */
function reachOf({ from, logRank }: RankBin, breaks: readonly number[]): readonly number[] {
  const starts = [1, ...breaks];
  return starts.map((start, piece) => {
    const end = breaks[piece];
    if (from < start) return 0;
    const reached = end === undefined || from < end ? logRank : Math.log(end);
    return Math.max(0, reached - Math.log(start));
  });
}

interface Moments {
  readonly logSum: number;
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

function moments(
  bins: readonly RankBin[],
  reach: readonly (readonly number[])[],
  exponents: readonly number[],
): Moments {
  const pieces = exponents.length;
  const mean = new Array<number>(pieces).fill(0);
  const square = Array.from({ length: pieces }, () => new Array<number>(pieces).fill(0));
  let sum = 0;
  for (const [at, bin] of bins.entries()) {
    const own = reach[at];
    let log = 0;
    for (let piece = 0; piece < pieces; piece++) log -= exponents[piece] * own[piece];
    const weight = (bin.to - bin.from) * Math.exp(log);
    sum += weight;
    for (let a = 0; a < pieces; a++) {
      mean[a] += weight * own[a];
      for (let b = 0; b <= a; b++) square[a][b] += weight * own[a] * own[b];
    }
  }
  const means = mean.map((value) => value / sum);
  const covariance = square.map((row, a) =>
    row.map((_, b) => square[Math.max(a, b)][Math.min(a, b)] / sum - means[a] * means[b]),
  );
  return { logSum: Math.log(sum), mean: means, covariance };
}

function meanLogLikelihood(
  exponents: readonly number[],
  observed: readonly number[],
  { logSum }: Moments,
): number {
  return -exponents.reduce((sum, exponent, at) => sum + exponent * observed[at], 0) - logSum;
}

/** Gaussian elimination of a small system; a ridge keeps a piece without any rank harmless. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [
    ...row.map((value, column) => (column === at ? value + 1e-12 : value)),
    right[at],
  ]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const best = rows.reduce(
      (most, row, at) =>
        at >= column && Math.abs(row[column]) > Math.abs(rows[most][column]) ? at : most,
      column,
    );
    [rows[column], rows[best]] = [rows[best], rows[column]];
    for (let below = column + 1; below < size; below++) {
      const factor = rows[below][column] / rows[column][column];
      for (let at = column; at <= size; at++) rows[below][at] -= factor * rows[column][at];
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = rows[row][size];
    for (let at = row + 1; at < size; at++) rest -= rows[row][at] * solution[at];
    solution[row] = rest / rows[row][row];
  }
  return solution;
}

function clamp(exponent: number): number {
  return Math.min(Math.max(exponent, -STEEPEST), STEEPEST);
}
