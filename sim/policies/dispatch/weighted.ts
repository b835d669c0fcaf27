import { drawn } from "./choice.ts";
import type { DispatchPolicy } from "./dispatch.ts";
import { redirect } from "./holders.ts";

/** Draws a holder in proportion to the weight that the operator has given it. */
export const weighted: DispatchPolicy = {
  name: "weighted",
  summary: "any holder, by the operator's weights",
  source: "baseline; MirrorManager's bandwidth_int, 100 unless set",
  params: {},
  decide: (view, _params, random) =>
    redirect(
      drawn(view, random, ({ facts }) => facts.weight),
      "drawn by weight",
    ),
};
