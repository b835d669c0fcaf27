import { ratio, seconds } from "../policy.ts";
import { type Streak, streak, type TrustPolicy } from "./trust.ts";

const params = {
  share: ratio(0.01, 0, 1, "of requests at which the volunteer's copy is fetched and compared"),
  again: ratio(1, 0, 1, "of these where the copy was compared before"),
  ban: seconds(604_800, 0, 31_536_000, "after a failed audit"),
};

/** Compares a sample of copies with the server's digests; who fails is banned for a while. */
export const sampledAudit: TrustPolicy<typeof params, Streak> = {
  name: "sampled-audit",
  summary: "full digests of a sample; who fails is banned",
  source: "Michalakis, Soulé and Grimm, Ensuring content integrity, NSDI 2007",
  params,
  memory: streak("audit"),
  decide({ now, belief }, { share, again, ban }, random, { failures, at }) {
    const isBanned = failures > 0 && now - at < ban;
    const isDue = again === 1 || belief !== "verified" || random() < again;
    const audit = !isBanned && isDue && random() < share;
    return { serve: !isBanned, audit, reason: isBanned ? "failed an audit" : "not caught" };
  },
};
