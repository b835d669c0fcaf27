import type { DispatchPolicy } from "../dispatch.ts";
import { leastOf } from "../helpers/choice.ts";
import { redirect } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";

/**
 * Takes the holder that reported the least unsent work for its uplink; a draw settles ties.
 *
 * It believes the last report and nothing since, its own redirects included. While reports are
 * old, every customer is therefore sent to the same volunteer: the herd that the literature warns
 * of, kept here as the measure of what better use of the tracker gains.
 */
export const leastLoaded: DispatchPolicy = {
  name: "least-loaded",
  summary: "the holder with the least work at its last report",
  source: "Mitzenmacher, How Useful Is Old Information?, IEEE TPDS 11(1), 2000",
  params: {},
  decide(view, _params, random) {
    const work = scratch(view.count);
    for (let i = 0; i < view.count; i++) {
      work[i] = view.candidates[i].pending / view.candidates[i].uplink;
    }
    return redirect(leastOf(view, random, work), "least reported work");
  },
};
