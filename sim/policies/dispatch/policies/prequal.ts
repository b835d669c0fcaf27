import { count, ratio } from "../../policy.ts";
import { sampling } from "../../sampling.ts";
import type { DispatchPolicy } from "../dispatch.ts";
import { least } from "../helpers/choice.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { ascending, scratch } from "../helpers/scratch.ts";

const params = {
  pool: count(16, 1, 100_000, "holders sampled"),
  quantile: ratio(0.8, 0, 1, "of the transfers of all holders, above which one is hot"),
};

/**
 * Calls a holder hot that has more transfers in flight than the quantile of all. Of a sample it
 * takes the cold one with the least latency, or the hot one with the fewest transfers.
 */
export const prequal: DispatchPolicy<typeof params> = {
  name: "prequal",
  summary: "least latency among the cold of a sample, else fewest transfers",
  source: "Wydrowski et al., Load is not what you should balance, NSDI 2024, arXiv 2312.10172",
  params,
  decide(view, { pool, quantile }, random) {
    const { candidates, count } = view;
    const transfers = scratch(count);
    let total = 0;
    for (let i = 0; i < count; i++) {
      if (holds(candidates[i])) transfers[total++] = candidates[i].transfers;
    }
    const limit = ascending(transfers, total)[Math.max(Math.ceil(quantile * total) - 1, 0)];
    const isSampled = sampling(total, pool, random);
    const best = least(view, random, (candidate) => {
      if (!isSampled()) return Number.POSITIVE_INFINITY;
      const isHot = candidate.transfers > limit;
      return isHot ? HOT + candidate.transfers : candidate.facts.latency.median;
    });
    return redirect(best, "hot or cold");
  },
};

/** More seconds than any latency. */
const HOT = 1e9;
