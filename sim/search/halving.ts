/** A candidate with the score that it had when it was last looked at; larger is better. */
export interface Scored<Candidate> {
  readonly candidate: Candidate;
  readonly score: number;
}

/**
 * Successive halving: all candidates are tried a little, the better half of them twice as much, and so
 * on. Returns those of the last rung, the best first; of equals the earlier candidate.
 *
 * Source: Jamieson and Talwalkar, Non-stochastic best arm identification and hyperparameter
 * optimization, AISTATS 2016.
 *
 * @param rungs how often each candidate is tried in all, rung by rung.
 * @param scoresOf scores of the candidates that are left, after so many trials.
 */
export async function halve<Candidate>(
  candidates: readonly Candidate[],
  rungs: readonly number[],
  scoresOf: (left: readonly Candidate[], trials: number) => Promise<readonly number[]>,
): Promise<Scored<Candidate>[]> {
  let ranked: Scored<Candidate>[] = candidates.map((candidate) => ({ candidate, score: 0 }));
  for (const [rung, trials] of rungs.entries()) {
    const left = rung === 0 ? ranked : ranked.slice(0, Math.ceil(ranked.length / 2));
    const scores = await scoresOf(
      left.map(({ candidate }) => candidate),
      trials,
    );
    ranked = left
      .map(({ candidate }, at) => ({ candidate, score: scores[at] }))
      .sort((a, b) => b.score - a.score);
  }
  return ranked;
}

/**
 * Rungs that double up to `most` trials, from `least` on: as many as it takes to halve so many
 * candidates down to two.
 */
export function rungsTo(most: number, candidates: number, least = 1): number[] {
  const rungs = [most];
  while (2 ** rungs.length < candidates && rungs[0] / 2 >= least && rungs[0] > 1) {
    rungs.unshift(Math.ceil(rungs[0] / 2));
  }
  return rungs;
}
