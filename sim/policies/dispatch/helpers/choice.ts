import type { Random } from "../../policy.ts";
import { type Candidate, type DispatchView, SERVER } from "../dispatch.ts";
import { holds } from "./holders.ts";

/**
 * Here and in the policies, numbers of candidates stand in typed arrays: a function that returns a
 * fraction allocates it, unless it happens to be inlined.
 */

/** What a policy computes of one holder, at its index in the view. */
export type Measure = (candidate: Candidate, index: number) => number;

/**
 * Index of the holder that costs least, or `SERVER` if there is none; a draw settles ties. A holder
 * that costs `Infinity` is not taken. `cost` may draw: the holders are gone through in order.
 */
export function least({ candidates, count }: DispatchView, random: Random, cost: Measure): number {
  let best = SERVER;
  let leastCost = Number.POSITIVE_INFINITY;
  let ties = 0;
  for (let i = 0; i < count; i++) {
    const candidate = candidates[i];
    if (!holds(candidate)) continue;
    const own = cost(candidate, i);
    if (own < leastCost) {
      best = i;
      leastCost = own;
      ties = 1;
    } else if (ties > 0 && own === leastCost && random() * ++ties < 1) {
      best = i; // The k-th of k equals replaces the one kept with probability 1/k.
    }
  }
  return best;
}

/** As `least`, of costs that are known before any is compared: each candidate's, at its index. */
export function leastOf(view: DispatchView, random: Random, costs: Float64Array): number {
  const { candidates, count } = view;
  let best = SERVER;
  let leastCost = Number.POSITIVE_INFINITY;
  let ties = 0;
  for (let i = 0; i < count; i++) {
    if (!holds(candidates[i])) continue;
    if (costs[i] < leastCost) {
      best = i;
      leastCost = costs[i];
      ties = 1;
    } else if (ties > 0 && costs[i] === leastCost && random() * ++ties < 1) {
      best = i; // The k-th of k equals replaces the one kept with probability 1/k.
    }
  }
  return best;
}

/**
 * Index of a holder drawn in proportion to its weight, that of each candidate at its index; `SERVER`
 * where no weight is positive.
 */
export function drawn(view: DispatchView, random: Random, weights: Float64Array): number {
  const { candidates, count } = view;
  let total = 0;
  for (let i = 0; i < count; i++) if (holds(candidates[i])) total += weights[i];
  let left = random() * total;
  let last = SERVER;
  for (let i = 0; i < count; i++) {
    if (!holds(candidates[i]) || weights[i] <= 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) break;
  }
  return last;
}

/** Number of the holders. */
export function holders({ candidates, count }: DispatchView): number {
  let total = 0;
  for (let i = 0; i < count; i++) if (holds(candidates[i])) total++;
  return total;
}
