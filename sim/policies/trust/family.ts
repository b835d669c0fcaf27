import type { Family } from "../family.ts";
import { wrongField, wrongReason } from "../rules.ts";
import { record } from "../shape.ts";
import { clientReports } from "./client-reports.ts";
import { disableAfterFailures } from "./disable-after-failures.ts";
import { noChecks } from "./no-checks.ts";
import { points } from "./points.ts";
import { sampledAudit } from "./sampled-audit.ts";
import { TRUST_EVENT, TRUST_VIEW, type Trust, type TrustEvent, type TrustView } from "./trust.ts";
import { verifiedOnly } from "./verified-only.ts";

export const trust: Family<"trust", TrustView, Trust, TrustEvent> = {
  key: "trust",
  decides: "which volunteers may serve",
  members: [noChecks, sampledAudit, clientReports, points, verifiedOnly, disableAfterFailures],
  whenAbsent: { policy: noChecks.name },
  view: record(TRUST_VIEW),
  event: record(TRUST_EVENT),
  whatIsWrong(_view, { serve, audit, reason }) {
    if (typeof serve !== "boolean") return wrongField("serve", "true or false", serve);
    if (typeof audit !== "boolean") return wrongField("audit", "true or false", audit);
    return wrongReason(reason);
  },
};
