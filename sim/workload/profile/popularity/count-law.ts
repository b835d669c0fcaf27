/** A power law of how many files have so many requests, from `from` requests on. */
export interface CountLaw {
  /** The probability of k requests falls as k to the power of minus this. */
  readonly exponent: number;
  /** One standard error of the exponent. */
  readonly error: number;
  readonly from: number;
  /** Files with at least `from` requests. */
  readonly files: number;
  /** The largest distance between the shares of files up to a count: Kolmogorov, Smirnov. */
  readonly distance: number;
  /** The exponent of the rank that the same law means: 1 / (exponent - 1). */
  readonly rankExponent: number;
}

/** Files that a fit needs; with fewer its exponent is a guess (Clauset et al., section 3.5). */
const LEAST_FILES = 50;
/** Beginnings tried, evenly spaced among the different counts. */
const MOST_STARTS = 60;

/**
 * The tail of popularity that does not depend on ranks: exponent by maximum likelihood for whole
 * numbers, beginning where the law fits best. Null where no tail of 50 files exists.
 *
 * Source: A. Clauset, C. Shalizi, M. Newman, "Power-law distributions in empirical data", SIAM
 * Review 51(4), 2009: equations 3.4 and 3.7 and section 3.3.
 *
 * @param counts Requests by rank, never increasing.
 */
export function fitCountLaw(counts: ArrayLike<number>): CountLaw | null {
  const groups = groupsOf(counts);
  const starts = groups.filter(({ files }) => files >= LEAST_FILES);
  const step = Math.max(1, Math.floor(starts.length / MOST_STARTS));
  const fits = starts
    .filter((_, at) => at % step === 0)
    .map(({ count }) => fitFrom(groups.filter((group) => group.count >= count)))
    .filter((fit) => fit !== null);
  return fits.reduce<CountLaw | null>(
    (best, fit) => (best === null || fit.distance < best.distance ? fit : best),
    null,
  );
}

/** A number of requests, with the files that have it (`own`) and that have at least it (`files`). */
interface Group {
  readonly count: number;
  readonly own: number;
  readonly files: number;
}

/** By falling count; files without a request are left out. */
function groupsOf(counts: ArrayLike<number>): readonly Group[] {
  const groups: Group[] = [];
  let files = 0;
  while (files < counts.length && counts[files] >= 1) {
    const start = files;
    const count = counts[start];
    while (files < counts.length && counts[files] === count) files++;
    groups.push({ count, own: files - start, files });
  }
  return groups;
}

/** The fit to all of these groups. The likelihood has one maximum; golden sections find it. */
function fitFrom(groups: readonly Group[]): CountLaw | null {
  const { count: from, files } = groups[groups.length - 1];
  const logs = groups.reduce((sum, { count, own }) => sum + own * Math.log(count), 0);
  if (groups.length < 2) return null;
  const exponent = minimum(1.05, 8, (each) => files * Math.log(zeta(each, from)) + each * logs);
  const whole = zeta(exponent, from);
  // Every file with fewer requests than the count above, in the data and under the law.
  const distance = groups.reduce((largest, { count, files: atLeast }) => {
    const gap = Math.abs(atLeast / files - zeta(exponent, count) / whole);
    return Math.max(largest, gap);
  }, 0);
  const error = (exponent - 1) / Math.sqrt(files);
  return { exponent, error, from, files, distance, rankExponent: 1 / (exponent - 1) };
}

/** The Hurwitz zeta function, by ten terms and Euler's and Maclaurin's formula for the rest. */
export function zeta(exponent: number, from: number): number {
  let sum = 0;
  for (let k = 0; k < 10; k++) sum += (from + k) ** -exponent;
  const rest = from + 10;
  return (
    sum +
    rest ** (1 - exponent) / (exponent - 1) +
    rest ** -exponent / 2 +
    (exponent / 12) * rest ** (-exponent - 1) -
    ((exponent * (exponent + 1) * (exponent + 2)) / 720) * rest ** (-exponent - 3)
  );
}

function minimum(low: number, high: number, value: (at: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  for (let step = 0; step < 50; step++) {
    const left = b - golden * (b - a);
    const right = a + golden * (b - a);
    if (value(left) < value(right)) b = right;
    else a = left;
  }
  return (a + b) / 2;
}
