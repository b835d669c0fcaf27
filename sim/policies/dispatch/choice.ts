import type { Random } from "../policy.ts";
import { type Candidate, type DispatchView, SERVER } from "./dispatch.ts";
import { holds } from "./holders.ts";

/** What a policy computes of one holder, at its index in the view. */
export type Measure = (candidate: Candidate, index: number) => number;

/**
 * Index of the holder that costs least, or `SERVER` if there is none; a draw settles ties. A holder
 * that costs `Infinity` is not taken.
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

/** Index of a holder drawn in proportion to its weight; `SERVER` where no weight is positive. */
export function drawn(view: DispatchView, random: Random, weight: Measure): number {
  const total = sum(view, weight);
  let left = random() * total;
  let last = SERVER;
  for (let i = 0; i < view.count; i++) {
    if (!holds(view.candidates[i])) continue;
    const own = weight(view.candidates[i], i);
    if (own <= 0) continue;
    last = i;
    left -= own;
    if (left < 0) break;
  }
  return last;
}

/** Sum of a measure over the holders. */
export function sum({ candidates, count }: DispatchView, measure: Measure): number {
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (holds(candidates[i])) total += measure(candidates[i], i);
  }
  return total;
}

/** Number of the holders. */
export function holders(view: DispatchView): number {
  return sum(view, () => 1);
}
