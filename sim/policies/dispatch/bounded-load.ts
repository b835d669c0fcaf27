import { unitHash } from "../hash.ts";
import { count, ratio } from "../policy.ts";
import { least, sum } from "./choice.ts";
import type { DispatchPolicy } from "./dispatch.ts";
import { redirect } from "./holders.ts";

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
    const uplinks = sum(view, ({ uplink }) => uplink);
    const transfers = sum(view, (candidate) => candidate.transfers) + 1;
    const start = unitHash(view.file, 0);
    const next = least(view, random, (candidate) => {
      const bound = Math.ceil((factor * transfers * candidate.uplink) / uplinks);
      if (candidate.transfers >= bound) return Number.POSITIVE_INFINITY;
      let nearest = 1;
      for (let point = 1; point <= points; point++) {
        const ahead = unitHash(candidate.node, point) - start;
        nearest = Math.min(nearest, ahead < 0 ? ahead + 1 : ahead);
      }
      return nearest;
    });
    return redirect(next, "next on the ring with room");
  },
};
