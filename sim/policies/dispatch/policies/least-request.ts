import { count, ratio } from "../../policy.ts";
import { pow } from "../../portable-math.ts";
import { type DispatchPolicy, type DispatchView, SERVER } from "../dispatch.ts";
import { drawn, holders } from "../helpers/choice.ts";
import { holds, NO_HOLDER, redirect } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";

const params = {
  choices: count(2, 1, 100, "holders sampled where weights are equal"),
  bias: ratio(1, 0, 10, "power of the transfers that a weight is divided by"),
};

/**
 * Where the operator's weights are equal, takes the fewest transfers in flight among holders
 * sampled with replacement. Where they differ, draws by weight / (transfers + 1)^bias.
 */
export const leastRequest: DispatchPolicy<typeof params> = {
  name: "least-request",
  summary: "fewest transfers of two, or by weight and transfers",
  source:
    "envoyproxy/envoy 0a31a54, source/extensions/load_balancing_policies/least_request/least_request_lb.cc",
  differs: "by weight, choices are drawn, where Envoy spaces them evenly in the same proportions",
  params,
  decide(view, { choices, bias }, random) {
    const total = holders(view);
    if (total === 0) return NO_HOLDER;
    if (!haveEqualWeights(view)) {
      const weights = scratch(view.count);
      for (let i = 0; i < view.count; i++) {
        const { facts, transfers } = view.candidates[i];
        weights[i] = facts.weight / pow(transfers + 1, bias);
      }
      return redirect(drawn(view, random, weights), "drawn by weight and transfers");
    }
    let best = SERVER;
    for (let i = 0; i < choices; i++) {
      const rival = holderAt(view, Math.floor(random() * total));
      const { candidates } = view;
      if (best === SERVER || candidates[rival].transfers < candidates[best].transfers) best = rival;
    }
    return redirect(best, "fewest transfers of a sample");
  },
};

function haveEqualWeights(view: DispatchView): boolean {
  const { candidates, count } = view;
  const first = holderAt(view, 0);
  for (let i = first; i < count; i++) {
    const { facts } = candidates[i];
    if (holds(candidates[i]) && facts.weight !== candidates[first].facts.weight) return false;
  }
  return true;
}

/** Index of the holder that `place` holders precede. */
function holderAt({ candidates, count }: DispatchView, place: number): number {
  let before = place;
  for (let i = 0; i < count; i++) if (holds(candidates[i]) && before-- === 0) return i;
  return SERVER;
}
