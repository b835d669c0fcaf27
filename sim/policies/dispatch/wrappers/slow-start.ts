import { ratio, seconds } from "../../policy.ts";
import { pow } from "../../portable-math.ts";
import { SERVER } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import { holds } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";
import type { DispatchWrapper } from "./wrapper.ts";

const params = {
  slowStartWindow: seconds(600, 1, 604_800, "after coming on line in which a volunteer warms up"),
  slowStartFloor: ratio(0.1, 0.001, 1, "of its weight that a volunteer has at least"),
  slowStartAggression: ratio(1, 0.1, 10, "root taken of the window's part that is over"),
};

/**
 * Scales the weight of a volunteer that has just come on line by a part that grows to 1 over the window,
 * max(floor, part^(1/aggression)).
 *
 * Most policies know no weights, and so volunteers are left out instead, such that a policy that draws,
 * uniformly or by the operator's weights, draws in proportion to the scaled ones. A limit u is drawn whose
 * density is the weight of those with a part of at least u: a holder, by scaled weight, and then u evenly
 * up to its part. Each then has its weight's share of those left for all u up to its part.
 */
export const slowStart: DispatchWrapper<typeof params> = {
  name: "slow-start",
  summary: "newcomers get few requests at first",
  source:
    "envoyproxy/envoy 00cf9a0, source/extensions/load_balancing_policies/common/load_balancer_impl.cc",
  differs:
    "before policies that draw, as if it scaled weights, which Envoy does for round robin and least " +
    "request alone; before others a newcomer has somewhat more than its part",
  params,
  decide(view, { slowStartWindow, slowStartFloor, slowStartAggression }, random, inner) {
    const { candidates, count, now } = view;
    const partOf = (joinedAt: number) => {
      const part = Math.max(now - joinedAt, 0) / slowStartWindow;
      return part >= 1 ? 1 : Math.max(slowStartFloor, pow(part, 1 / slowStartAggression));
    };
    const weights = scratch(count);
    let isAnybodyNew = false;
    for (let i = 0; i < count; i++) {
      const { joinedAt, weight } = candidates[i].facts;
      const part = partOf(joinedAt);
      weights[i] = part * weight;
      if (part < 1 && holds(candidates[i])) isAnybodyNew = true;
    }
    if (!isAnybodyNew) return inner.decide();
    const one = drawn(view, random, weights);
    if (one === SERVER) return inner.decide();
    const limit = random() * partOf(candidates[one].facts.joinedAt);
    return inner.among(({ facts }) => partOf(facts.joinedAt) >= limit);
  },
};
