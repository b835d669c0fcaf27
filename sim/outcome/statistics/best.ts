import { deviation, mean } from "d3-array";
import jstat from "jstat";
import { differenceOf } from "../../metrics/equality.ts";

/** What observations of several systems say about which of them has the least mean. */
export interface Best {
  /** The mean of each system's observations. */
  readonly means: readonly number[];
  /** The system whose is least. */
  readonly best: number;
  /** The systems that cannot be told apart from the best, that one included, in their order. */
  readonly among: readonly number[];
  /**
   * For each system the most by which its mean may exceed that of the truly best one, in the unit of
   * the observations: 0 where it surely is the best itself, infinite after a single run.
   */
  readonly regrets: readonly number[];
}

/**
 * Selects the system with the least mean. `observations[i][r]` is that of system `i` in replication
 * `r`, and all systems meet the same chance in a replication.
 *
 * With a probability of at least `level`, both hold at once, whatever the means, variances and
 * correlations of normally distributed observations: the truly best system is `among` those named,
 * and no system's regret is above what `regrets` says, so that choosing `best` errs by at most its
 * regret, the indifference. Values that are equal in `unit` are no difference; of equal means the first
 * is the best.
 *
 * These are Hsu's multiple comparisons with the best. For the truly best of k systems there are k - 1
 * others; that each of their paired differences to it is observed no lower than the one-sided t bound
 * below the true one is enough for both claims, and fails with a probability of at most (1 - level) /
 * (k - 1) each (Bonferroni), so that common random numbers need no model.
 *
 * Sources: Hsu, Constrained simultaneous confidence intervals for multiple comparisons with the best,
 * Annals of Statistics 12, 1984; Nelson and Matejcik, Using common random numbers for
 * indifference-zone selection and multiple comparisons in simulation, Management Science 41, 1995;
 * the screening is that of Nelson, Swann, Goldsman and Song, Operations Research 49, 2001, without
 * their indifference.
 */
export function leastMean(
  observations: readonly (readonly number[])[],
  level = 0.95,
  unit = "",
): Best {
  const bounds = boundsOf(observations.length, observations[0]?.length ?? 0, level, unit);
  const pairs = observations.map((mine, i) =>
    observations.map((other, j) => (i === j ? SAME : bounds(mine, other))),
  );
  const means = observations.map((values) => mean(values) ?? Number.NaN);
  const best = means.reduce(
    (least, value, i) => (differenceOf(value, means[least], unit) < 0 ? i : least),
    0,
  );
  return {
    means,
    best,
    among: pairs.flatMap((others, i) => (others.every(({ low }) => low <= 0) ? [i] : [])),
    regrets: pairs.map((others) => Math.max(0, ...others.map(({ high }) => high))),
  };
}

const SAME = { low: 0, high: 0 };

/** What bounds, each from one side, how much the mean of one system exceeds that of another. */
function boundsOf(systems: number, replications: number, level: number, unit: string) {
  const tail = (1 - level) / Math.max(systems - 1, 1);
  const t =
    replications < 2 ? Number.POSITIVE_INFINITY : jstat.studentt.inv(1 - tail, replications - 1);
  return (mine: readonly number[], other: readonly number[]) => {
    const differences = mine.map((value, r) => differenceOf(value, other[r], unit));
    const centre = mean(differences) ?? Number.NaN;
    const spread = deviation(differences);
    const half = spread === undefined ? t : (t * spread) / Math.sqrt(replications);
    return { low: centre - half, high: centre + half };
  };
}
