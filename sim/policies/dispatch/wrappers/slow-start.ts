import { ratio, seconds } from "../../policy.ts";
import { pow } from "../../portable-math.ts";
import type { DispatchWrapper } from "./wrapper.ts";

const params = {
  slowStartWindow: seconds(600, 1, 604_800, "after coming on line in which a volunteer warms up"),
  slowStartFloor: ratio(0.1, 0.001, 1, "of its requests that a volunteer gets at least"),
  slowStartAggression: ratio(1, 0.1, 10, "root taken of the window's part that is over"),
};

/**
 * Spares a volunteer that has just come on line: it is a candidate with a probability that grows to
 * 1 over the window, max(floor, part^(1/aggression)). Where nobody is left, all are candidates.
 */
export const slowStart: DispatchWrapper<typeof params> = {
  name: "slow-start",
  summary: "newcomers get few requests at first",
  source: "envoyproxy/envoy, slow start",
  params,
  decide({ now }, { slowStartWindow, slowStartFloor, slowStartAggression }, random, inner) {
    return inner.among(({ facts }) => {
      const part = Math.max(now - facts.joinedAt, 0) / slowStartWindow;
      return part >= 1 || random() < Math.max(slowStartFloor, pow(part, 1 / slowStartAggression));
    }, 1);
  },
};
