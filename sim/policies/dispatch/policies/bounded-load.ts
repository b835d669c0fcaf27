import { unitHash } from "../../hash.ts";
import { count, ratio } from "../../policy.ts";
import { type DispatchPolicy, SERVER } from "../dispatch.ts";
import { leastOf } from "../helpers/choice.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";

const params = {
  factor: ratio(
    1.25,
    1,
    10,
    "most transfers of a holder, against its fair share of all, in whole %",
  ),
  points: count(
    16,
    1,
    64,
    "places of a holder on the ring, as many as HAProxy gives to a weight of 1",
  ),
};

/**
 * Consistent hashing with bounded loads: a file belongs to the holder with the place on a ring that is
 * nearest to the file's, on either side, so that a file is read where it was read before; who has its
 * bound is passed over for the holders of the places that follow.
 *
 * All together may have ceil(factor · (transfers + 1)), counting the request itself. That many slots
 * are laid out along the holders' uplinks in order, and a holder has those that begin on its uplink, at
 * least one. There are more slots than transfers, so that somebody is always below its bound.
 */
export const boundedLoad: DispatchPolicy<typeof params> = {
  name: "bounded-load",
  summary: "consistent hashing of files, passing over who has its fair share",
  source:
    "Mirrokni, Thorup and Zadimoghaddam, arXiv 1608.01350; haproxy/haproxy 50872da, src/lb_chash.c",
  differs:
    "fair shares are by uplink and places on the ring equal, where HAProxy has weights for both",
  params,
  decide(view, { factor, points }, random) {
    const { candidates, count } = view;
    let uplinks = 0;
    let requests = 1;
    for (let i = 0; i < count; i++) {
      if (!holds(candidates[i])) continue;
      uplinks += candidates[i].uplink;
      requests += candidates[i].transfers;
    }
    const all = Math.ceil((Math.round(100 * factor) * requests) / 100);
    const start = unitHash(view.file, 0);
    const ahead = scratch(count);
    let toNext = Number.POSITIVE_INFINITY;
    let toPrevious = Number.POSITIVE_INFINITY;
    let previous: number = SERVER;
    let before = 0;
    for (let i = 0; i < count; i++) {
      ahead[i] = Number.POSITIVE_INFINITY;
      if (!holds(candidates[i])) continue;
      const { node, uplink, transfers } = candidates[i];
      let least = Number.POSITIVE_INFINITY;
      for (let point = 1; point <= points; point++) {
        const way = unitHash(node, point) - start;
        const forward = way < 0 ? way + 1 : way;
        least = Math.min(least, forward);
        if (1 - forward < toPrevious) {
          toPrevious = 1 - forward;
          previous = i;
        }
      }
      toNext = Math.min(toNext, least);
      const after = before + uplink;
      const end = after === uplinks ? all : Math.floor((after * all) / uplinks);
      const slots = end - Math.floor((before * all) / uplinks);
      before = after;
      if (transfers < Math.max(slots, 1)) ahead[i] = least;
    }
    const isBehind = toPrevious <= toNext && ahead[previous] < Number.POSITIVE_INFINITY;
    return redirect(
      isBehind ? previous : leastOf(view, random, ahead),
      "next on the ring with room",
    );
  },
};
