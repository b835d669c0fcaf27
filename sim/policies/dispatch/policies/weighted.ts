import type { DispatchPolicy } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import { redirect } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";

/** Draws a holder in proportion to the weight that the operator has given it. */
export const weighted: DispatchPolicy = {
  name: "weighted",
  summary: "any holder, by the operator's weights",
  source: "baseline; MirrorManager's bandwidth_int, 100 unless set",
  params: {},
  decide(view, _params, random) {
    const weights = scratch(view.count);
    for (let i = 0; i < view.count; i++) weights[i] = view.candidates[i].facts.weight;
    return redirect(drawn(view, random, weights), "drawn by weight");
  },
};
