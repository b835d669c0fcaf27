import { ratio } from "../../policy.ts";
import type { DispatchPolicy } from "../dispatch.ts";
import { drawn } from "../helpers/choice.ts";
import { redirect } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";

const params = {
  floor: ratio(0.1, 0.001, 1, "share of its uplink that a holder counts for at least"),
};

/** Draws a holder in proportion to what its last report leaves of its uplink. */
export const idleBandwidth: DispatchPolicy<typeof params> = {
  name: "idle-bandwidth",
  summary: "any holder, by the bandwidth it reported idle",
  source: "dragonflyoss/client ff17c0b, dragonfly-client/src/resource/parent_selector.rs",
  differs: "once for a file and by the last report, where Dragonfly's clients do it for each piece",
  params,
  decide(view, { floor }, random) {
    const idle = scratch(view.count);
    for (let i = 0; i < view.count; i++) {
      const { uplink, uploadRate } = view.candidates[i];
      idle[i] = Math.max(uplink - uploadRate, floor * uplink);
    }
    return redirect(drawn(view, random, idle), "drawn by idle bandwidth");
  },
};
