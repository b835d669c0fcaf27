import { count, seconds } from "../policy.ts";
import { type Streak, streak, type TrustPolicy } from "./trust.ts";

const params = {
  reports: count(2, 1, 1000, "bad reports in a row at which an audit is due"),
  ban: seconds(604_800, 0, 31_536_000, "after a failure that the audit confirms"),
};

/** Failures of either kind in a row. */
export interface Standing {
  readonly reports: Streak;
  readonly audits: Streak;
}

const reported = streak("report");
const audited = streak("audit");

/**
 * Has the volunteer audited that customers complain of, and bans it if the audit fails. Reports
 * alone ban nobody, for a customer may lie; an audit that passes clears the volunteer of them.
 */
export const clientReports: TrustPolicy<typeof params, Standing> = {
  name: "client-reports",
  summary: "audits where customers report wrong bytes; who fails is banned",
  source: "librepo and Metalink clients, which report bad mirrors; spack issue 46349",
  params,
  memory: {
    init: () => ({ reports: reported.init(), audits: audited.init() }),
    observe: ({ reports, audits }, event) => ({
      reports: event.kind === "audit" ? reported.init() : reported.observe(reports, event),
      audits: audited.observe(audits, event),
    }),
  },
  decide({ now }, params, _random, { reports, audits }) {
    const isBanned = audits.failures > 0 && now - audits.at < params.ban;
    const audit = !isBanned && reports.failures >= params.reports;
    return { serve: !isBanned, audit, reason: isBanned ? "failed an audit" : "not proved bad" };
  },
};
