import { type DispatchPolicy, SERVER } from "../dispatch.ts";
import { least } from "../helpers/choice.ts";
import { NO_HOLDER } from "../helpers/holders.ts";

/** Takes any holder without a redirect in flight, or else any holder. */
export const joinIdleQueue: DispatchPolicy = {
  name: "join-idle-queue",
  summary: "any holder known to be idle, else any holder",
  source: "Lu et al., Join-Idle-Queue, Performance Evaluation 68(11), 2011",
  params: {},
  decide(view, _params, random) {
    const to = least(view, random, ({ transfers }) => Math.sign(transfers));
    if (to === SERVER) return NO_HOLDER;
    return { to, reason: view.candidates[to].transfers === 0 ? "idle" : "nobody idle" };
  },
};
