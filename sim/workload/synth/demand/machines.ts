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

/**
 * Splits the customers by their distributions' shares. Of a distribution's releases and
 * architectures, the second has half as many as the first, the third a third: an assumption.
 */
export function machinesOf(
  customers: number,
  suites: readonly Suite[],
  distributions: readonly DistributionRecipe[],
): Machines {
  const shares = suites.map(({ distribution, release, architecture }) => {
    const { releases, architectures, customers: share } = distributions[distribution];
    const parts = harmonic(releases.length) * harmonic(architectures.length);
    return share / (release + 1) / (architecture + 1) / parts;
  });
  const suite = new Uint16Array(customers);
  const first = [0];
  for (const [index, count] of apportion(customers, shares).entries()) {
    suite.fill(index, first[index], first[index] + count);
    first.push(first[index] + count);
  }
  return { first, suite };
}

function harmonic(count: number): number {
  let sum = 0;
  for (let index = 1; index <= count; index++) sum += 1 / index;
  return sum;
}
