import { unitHash } from "../../hash.ts";
import { count, ratio } from "../../policy.ts";
import type { DispatchPolicy } from "../dispatch.ts";
import { leastOf } from "../helpers/choice.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";

const params = {
  factor: ratio(1.25, 1, 10, "most transfers of a holder, against its fair share of all"),
  points: count(8, 1, 64, "places of a holder on the ring"),
};

/**
 * Consistent hashing with bounded loads: the file's place on a ring belongs to the holder that
 * follows, so that a file is read where it was read before; who has its bound is passed over.
 *
 * The bound is ceil(factor · share · (transfers + 1)), with shares by uplink, counting the request
 * itself. Shares add up to 1 and the factor is at least 1, so that somebody is always below it.
 */
export const boundedLoad: DispatchPolicy<typeof params> = {
  name: "bounded-load",
  summary: "consistent hashing of files, passing over who has its fair share",
  source: "Mirrokni, Thorup and Zadimoghaddam, arXiv 1608.01350; HAProxy hash-balance-factor",
  params,
  decide(view, { factor, points }, random) {
    const { candidates, count } = view;
    let uplinks = 0;
    let transfers = 1;
    for (let i = 0; i < count; i++) {
      if (!holds(candidates[i])) continue;
      uplinks += candidates[i].uplink;
      transfers += candidates[i].transfers;
    }
    const start = unitHash(view.file, 0);
    const ahead = scratch(count);
    for (let i = 0; i < count; i++) {
      const candidate = candidates[i];
      const bound = Math.ceil((factor * transfers * candidate.uplink) / uplinks);
      ahead[i] = Number.POSITIVE_INFINITY;
      if (candidate.transfers >= bound || !holds(candidate)) continue;
      ahead[i] = 1;
      for (let point = 1; point <= points; point++) {
        const way = unitHash(candidate.node, point) - start;
        ahead[i] = Math.min(ahead[i], way < 0 ? way + 1 : way);
      }
    }
    return redirect(leastOf(view, random, ahead), "next on the ring with room");
  },
};
