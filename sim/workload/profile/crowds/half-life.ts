/**
 * The half-life, in seconds, of what falls off exponentially and is seen only up to an age; null
 * where it does not fall. The likelihood of a decay that is cut off is highest where its mean age
 * is the observed one, so the mean age is all that counts, and no single noisy bin does.
 *
 * @param meanAge Mean age in seconds.
 * @param until The age in seconds after which nothing is seen.
 */
export function halfLifeOf(meanAge: number, until: number): number | null {
  if (!(meanAge > 0) || meanAge >= until / 2) return null;
  // The mean age of a decay of this rate that is cut off, which falls as the rate grows.
  const meanAt = (rate: number) => 1 / rate - until / Math.expm1(rate * until);
  let [low, high] = [1e-9 / until, 2 / meanAge];
  for (let step = 0; step < 100; step++) {
    const middle = Math.sqrt(low * high);
    if (meanAt(middle) > meanAge) low = middle;
    else high = middle;
  }
  return Math.LN2 / high;
}
