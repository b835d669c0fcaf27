import type { TrustPolicy } from "./trust.ts";

/** Redirects only to copies whose digest the server has compared, and compares the others. */
export const verifiedOnly: TrustPolicy = {
  name: "verified-only",
  summary: "only copies whose digest the server has compared",
  source: "curl, wget and apt do not recover from a bad redirect (Debian 12, measured)",
  params: {},
  decide({ belief }) {
    const serve = belief === "verified";
    return {
      ...{ serve, audit: belief === "listed" },
      reason: serve ? "verified" : "not verified",
    };
  },
};
