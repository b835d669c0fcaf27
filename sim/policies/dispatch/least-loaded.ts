import { type DispatchPolicy, SERVER } from "./dispatch.ts";
import { holds, redirect } from "./holders.ts";

const params = {} as const;

/**
 * Takes the holder that reported the least unsent work for its uplink; a draw settles ties.
 *
 * It believes the last report and nothing since, its own redirects included. While reports are
 * old, every customer is therefore sent to the same volunteer: the herd that the literature warns
 * of, kept here as the measure of what better use of the tracker gains.
 */
export const leastLoaded: DispatchPolicy<typeof params> = {
  name: "least-loaded",
  summary: "the holder with the least work at its last report",
  source: "Mitzenmacher, How Useful Is Old Information?, IEEE TPDS 11(1), 2000",
  params,
  decide({ candidates, count }, _params, random) {
    let best = SERVER;
    let least = Number.POSITIVE_INFINITY;
    let ties = 0;
    for (let i = 0; i < count; i++) {
      const candidate = candidates[i];
      if (!holds(candidate)) continue;
      const load = candidate.pending / candidate.uplink; // Seconds.
      if (load < least) {
        best = i;
        least = load;
        ties = 1;
      } else if (load === least && random() * ++ties < 1) {
        best = i; // The k-th of k equals replaces the one kept with probability 1/k.
      }
    }
    return redirect(best, "least reported work");
  },
};
