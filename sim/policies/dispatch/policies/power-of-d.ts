import { count } from "../../policy.ts";
import { sampling } from "../../sampling.ts";
import type { DispatchPolicy } from "../dispatch.ts";
import { holders, least } from "../helpers/choice.ts";
import { redirect } from "../helpers/holders.ts";

const params = {
  choices: count(2, 1, 100_000, "holders sampled; all of them if there are fewer"),
  own: count(1, 0, 1, "1 adds own redirects since the report to its work, 0 believes it alone"),
};

/**
 * Samples some holders without replacement and takes the one with the least unsent work for its
 * uplink. With one choice this is random; with as many as there are holders, the shortest queue.
 */
export const powerOfD: DispatchPolicy<typeof params> = {
  name: "power-of-d",
  summary: "the least work among a few holders sampled at random",
  source: "Mitzenmacher, The Power of Two Choices, IEEE TPDS 12(10), 2001",
  params,
  decide(view, { choices, own }, random) {
    const isSampled = sampling(holders(view), choices, random);
    const best = least(view, random, ({ pending, redirected, uplink }) =>
      isSampled() ? (pending + own * redirected) / uplink : Number.POSITIVE_INFINITY,
    );
    return redirect(best, "least work of a sample");
  },
};
