import { bytes, seconds } from "../../policy.ts";
import type { DispatchWrapper } from "./wrapper.ts";

const params = {
  freshAge: seconds(1860, 1, 604_800, "of the last announce, at most"),
  freshLeft: bytes(0, 0, 1_000_000_000_000_000, "still to synchronise, at most"),
};

/**
 * Redirects only to volunteers that have announced themselves lately and had nothing left to
 * synchronise. A mirror in mid-synchronisation has new indices without their files, or the reverse.
 */
export const fresh: DispatchWrapper<typeof params> = {
  name: "fresh",
  summary: "only volunteers that are synchronised, by an announce that is not old",
  source: "http-redirector check.pl; chihaya's peer lifetime of 31 min",
  params,
  decide: ({ now }, { freshAge, freshLeft }, _random, inner) =>
    inner.among(({ reportedAt, left }) => now - reportedAt <= freshAge && left <= freshLeft),
};
