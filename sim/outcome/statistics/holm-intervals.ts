import { holm, holmLevels } from "./correction.ts";
import { excludesZero, type Interval } from "./interval.ts";

/** What is called a difference by chance in at most so many families of tests. */
export const FALSE_ALARMS = 0.05;

/** A test of no difference. */
export interface DifferenceTest {
  readonly p: number;
  /** The confidence interval at a level, which excludes 0 just where `p` is below 1 - level. */
  readonly intervalAt: (level: number) => Interval;
}

/** How a difference came out among others. It is one, surely, where its interval excludes 0. */
export interface Decision {
  readonly interval: Interval;
  /** Confidence level of the interval: that at which the difference was decided. */
  readonly level: number;
  /** The p-value, adjusted for all tests of the family. */
  readonly pHolm: number;
}

/**
 * Decides a family of tests by Holm's method and gives each difference the interval that goes with the
 * level at which it was decided, so that the two cannot contradict each other.
 *
 * That the interval of any difference that is none excludes 0 has a probability of at most `alpha`. Each
 * alone holds its own difference with a probability of its level or more; that all do so at once is not
 * said, as the levels are drawn from the same runs.
 */
export function decideByHolm(tests: readonly DifferenceTest[], alpha = FALSE_ALARMS): Decision[] {
  const ps = tests.map(({ p }) => p);
  const pHolm = holm(ps);
  const decisive: Interval[] = [];
  const levels = holmLevels(ps, alpha, (at, tail) => {
    decisive[at] = tests[at].intervalAt(1 - tail);
    return excludesZero(decisive[at]);
  });
  return levels.map((tail, at) => {
    const interval = decisive[at] ?? tests[at].intervalAt(1 - tail);
    return { interval, level: 1 - tail, pHolm: pHolm[at] };
  });
}
