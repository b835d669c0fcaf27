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
