import type { Stream } from "../../../engine/random.ts";
import { apportion } from "../apportion.ts";
import type { DistributionRecipe } from "../recipe.ts";
import type { Suite } from "../repository/indexes.ts";

/** Which customers install from which suite: neighbours in the numbering have the same. */
export interface Machines {
  /** The first customer of each suite, and one more entry at the end. */
  readonly first: readonly number[];
  /** Index into the suites, by customer. */
  readonly suite: Uint16Array;
}

/** Steps of the golden ratio leave no stretch of the numbers from 0 to 1 out for long. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * How often each customer comes, relative to the mean of 1: a Pareto law of the index, which is above
 * 1. A customer is an address, and behind some are a proxy's, a robot's or a build farm's many machines.
 *
 * The law's quantiles are dealt out evenly, so neighbours, who have the same suite, have their share
 * of busy ones; chance says which these are.
 */
export function visitWeights(customers: number, index: number, random: Stream): Float64Array {
  const start = random();
  const weights = new Float64Array(customers);
  let sum = 0;
  for (let customer = 0; customer < customers; customer++) {
    const above = Math.max(0.5 / customers, (start + customer * GOLDEN) % 1);
    weights[customer] = above ** (-1 / index);
    sum += weights[customer];
  }
  return weights.map((weight) => (weight * customers) / sum);
}

/**
 * Splits the customers by their distributions' shares. Of a distribution's releases, and of its
 * architectures, the n-th has n to minus `exponent` of the first one's.
 */
export function machinesOf(
  customers: number,
  suites: readonly Suite[],
  distributions: readonly DistributionRecipe[],
  exponent: number,
): Machines {
  const shares = suites.map(({ distribution, release, architecture }) => {
    const { releases, architectures, customers: share } = distributions[distribution];
    const parts = [releases, architectures].map(({ length }) => powerSum(length, exponent));
    return (share * ((release + 1) * (architecture + 1)) ** -exponent) / (parts[0] * parts[1]);
  });
  const suite = new Uint16Array(customers);
  const first = [0];
  for (const [index, count] of apportion(customers, shares).entries()) {
    suite.fill(index, first[index], first[index] + count);
    first.push(first[index] + count);
  }
  return { first, suite };
}

function powerSum(count: number, exponent: number): number {
  let sum = 0;
  for (let index = 1; index <= count; index++) sum += index ** -exponent;
  return sum;
}
