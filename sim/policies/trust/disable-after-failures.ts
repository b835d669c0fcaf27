import { count } from "../policy.ts";
import { type Streak, streak, type TrustPolicy } from "./trust.ts";

const params = { failures: count(4, 1, 1000, "in a row at which a volunteer is disabled") };

/** Disables a volunteer after failures in a row, until something of it passes again. */
export const disableAfterFailures: TrustPolicy<typeof params, Streak> = {
  name: "disable-after-failures",
  summary: "disabled after four failures in a row",
  source: "MirrorManager, CRAWLER_AUTO_DISABLE",
  params,
  memory: streak(),
  decide(_view, { failures }, _random, last) {
    const serve = last.failures < failures;
    return { serve, audit: !serve, reason: serve ? "enabled" : "disabled" };
  },
};
