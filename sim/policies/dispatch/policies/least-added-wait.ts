import { ratio } from "../../policy.ts";
import { type DispatchPolicy, SERVER } from "../dispatch.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { spareRate } from "../helpers/spare.ts";

const params = {
  others: ratio(1, 0, 10, "of the wait of others that counts beside the file's own time"),
  share: ratio(0.8, 0, 1, "of the mean share below which a volunteer is asked far more readily"),
  floor: ratio(0.1, 0.01, 1, "of its rate that deliveries get of a volunteer that synchronises"),
};

/**
 * Takes the holder to which the file adds least wait, weighed by what each has given already; a draw
 * settles ties.
 *
 * An uplink is shared equally by its transfers. The file takes its own size and what the others have
 * `ahead` of it, and keeps each of these waiting for as much again: `size + (1 + others) · ahead`, over
 * the rate. Unlike a delay by the load alone this tells fast from slow, and a transfer that would wait
 * from one that would make others wait.
 *
 * The wait is multiplied by the share that the volunteer would then have given, in seconds of its rate.
 * Who has given less than `share` of what all holders have in the mean is asked more readily by the
 * eighth power of what is missing. So slow volunteers give their part while nobody waits, and where
 * everybody gives alike, as in a crowd, the wait alone decides. No unit stands in this: it holds at any
 * scale.
 */
export const leastAddedWait: DispatchPolicy<typeof params> = {
  name: "least-added-wait",
  summary: "least wait added to the file and to others, weighed by what each has given",
  source: "marginal cost under processor sharing; chosen by experiments/map.md",
  params,
  decide({ candidates, count, now, size }, { others, share, floor }, random) {
    let given = size;
    let rate = 0;
    for (let i = 0; i < count; i++) {
      const candidate = candidates[i];
      if (!holds(candidate)) continue;
      given += candidate.given;
      rate += candidate.rate;
    }
    const enough = (share * given) / rate;
    let best = SERVER;
    let leastCost = Number.POSITIVE_INFINITY;
    let ties = 0;
    for (let i = 0; i < count; i++) {
      const candidate = candidates[i];
      if (!holds(candidate)) continue;
      const own = (candidate.given + size) / candidate.rate;
      const missing = own < enough ? eighthPower(own / enough) : 1;
      const work = size + (1 + others) * candidate.ahead;
      const cost = (work / spareRate(candidate, now, floor)) * own * missing;
      if (cost < leastCost) {
        best = i;
        leastCost = cost;
        ties = 1;
      } else if (cost === leastCost && random() * ++ties < 1) {
        best = i; // The k-th of k equals replaces the one kept with probability 1/k.
      }
    }
    return redirect(best, "least added wait");
  },
};

/** The same bits on every machine, which `**` does not promise. */
function eighthPower(ratio: number): number {
  const square = ratio * ratio;
  const fourth = square * square;
  return fourth * fourth;
}
