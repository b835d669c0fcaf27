import { METRICS, type MetricName, mainMetrics } from "../metrics/metric.ts";
import { type Decision, type DifferenceTest, decideByHolm } from "./statistics/holm-intervals.ts";

/** What was decided of each metric; null where there was nothing to test. */
export type Decisions = Readonly<Record<MetricName, Decision | null>>;

/**
 * Decides the differences of all `comparisons` in all metrics. Those in the main metrics are one family
 * over all comparisons: that any difference in any of them is called one by chance happens in at most
 * 5 % of experiments. Every other metric is a family of its own over all comparisons, and of so many
 * metrics one may well err: they are there to explore.
 */
export function decideAll<Comparison>(
  comparisons: readonly Comparison[],
  testOf: (comparison: Comparison, metric: MetricName) => DifferenceTest | null,
  hasRequests: boolean,
): Decisions[] {
  const main = mainMetrics(hasRequests);
  const others = METRICS.map(({ name }) => name).filter((name) => !main.includes(name));
  const found = comparisons.map((): Partial<Record<MetricName, Decision | null>> => ({}));
  for (const family of [main, ...others.map((name) => [name])]) {
    const tests = comparisons.flatMap((comparison, at) =>
      family.flatMap((metric) => {
        const test = testOf(comparison, metric);
        found[at][metric] = null;
        return test === null ? [] : [{ at, metric, test }];
      }),
    );
    const decided = decideByHolm(tests.map(({ test }) => test));
    for (const [i, { at, metric }] of tests.entries()) found[at][metric] = decided[i];
  }
  return found as Decisions[];
}
