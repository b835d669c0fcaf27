import type { ParamSpecs } from "../../policy.ts";
import { type DispatchPolicy, SERVER } from "../dispatch.ts";
import { holds, redirect } from "../helpers/holders.ts";

/**
 * Takes the holder that follows the last volunteer redirected to, by number and cyclically.
 *
 * The turn is one for all files, so a volunteer that holds few of them is passed over more often
 * than it is served. The memory is the number of the last volunteer; `SERVER` precedes them all.
 */
export const roundRobin: DispatchPolicy<ParamSpecs, number> = {
  name: "round-robin",
  summary: "the next holder in turn",
  source: "baseline",
  params: {},
  memory: {
    init: () => SERVER,
    observe: (last, { node }) => (node === SERVER ? last : node),
  },
  decide({ candidates, count }, _params, _random, last) {
    let first = SERVER;
    for (let i = 0; i < count; i++) {
      if (!holds(candidates[i])) continue;
      if (candidates[i].node > last) return redirect(i, "next in turn");
      if (first === SERVER) first = i;
    }
    return redirect(first, "first again");
  },
};
