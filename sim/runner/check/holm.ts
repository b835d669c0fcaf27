/**
 * The p values of a family of tests, raised so that rejecting those of at most `alpha` errs anywhere
 * in the family with a probability of at most `alpha`, however the tests hang together.
 *
 * Source: Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6, 1979.
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, at) => at).sort((a, b) => p[a] - p[b]);
  const adjusted = new Array<number>(p.length);
  let floor = 0;
  for (const [rank, at] of order.entries()) {
    floor = Math.max(floor, Math.min(1, (p.length - rank) * p[at]));
    adjusted[at] = floor;
  }
  return adjusted;
}
