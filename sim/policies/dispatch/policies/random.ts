import type { DispatchPolicy } from "../dispatch.ts";
import { holds, NO_HOLDER, redirect } from "../helpers/holders.ts";

/** Takes any holder with equal probability, for the price of one draw. */
export const random: DispatchPolicy = {
  name: "random",
  summary: "any holder, all alike",
  source: "baseline; what Mirrorbits does for a client whose place it does not know",
  params: {},
  decide({ candidates, count }, _params, random) {
    let holders = 0;
    for (let i = 0; i < count; i++) if (holds(candidates[i])) holders++;

    let before = Math.floor(random() * holders);
    for (let i = 0; i < count; i++) {
      if (holds(candidates[i]) && before-- === 0) return redirect(i, "drawn at random");
    }
    return NO_HOLDER;
  },
};
