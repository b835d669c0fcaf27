import { seconds } from "../../policy.ts";
import { holds } from "../helpers/holders.ts";
import type { DispatchWrapper } from "./wrapper.ts";

const params = {
  stickyFor: seconds(600, 0, 604_800, "since the last redirect that a customer stays for"),
};

/** Keeps a customer with its last volunteer for a while, if that holds what it asks for now. */
export const sticky: DispatchWrapper<typeof params> = {
  name: "sticky",
  summary: "a customer stays with its volunteer for a while",
  source: "MirrorBrain's memcached client, 600 s",
  params,
  decide({ candidates, count, client, now }, { stickyFor }, _random, inner) {
    if (now - client.lastAt <= stickyFor) {
      for (let i = 0; i < count; i++) {
        const isLast = candidates[i].node === client.lastNode;
        if (isLast && holds(candidates[i])) return { to: i, reason: "same volunteer again" };
      }
    }
    return inner.decide();
  },
};
