import type { TrustPolicy } from "./trust.ts";

/** Trusts everybody, always: redirectors compare sizes and times at most. */
export const noChecks: TrustPolicy = {
  name: "none",
  summary: "everybody, without checks",
  source: "baseline; Mirrorbits, MirrorBrain and MirrorCache compare no digests",
  params: {},
  decide: () => ({ serve: true, audit: false, reason: "trusted" }),
};
