/**
 * Every metric that rows tell, worked out anew from them by the words of its definition, in plain
 * JavaScript: nothing of what a run's own metrics are worked out with is used here, so that a fault in
 * either shows.
 */
import { attemptMetrics } from "./attempts.ts";
import { linkMetrics } from "./links.ts";
import { requestMetrics } from "./requests.ts";
import type { Facts, Recomputed, RowsOfRun } from "./rows-of-run.ts";
import { visitMetrics } from "./visits.ts";
import { loadMetrics, syncMetrics } from "./volunteers.ts";

export function recompute(rows: RowsOfRun, facts: Facts): Recomputed {
  return {
    ...requestMetrics(rows, facts),
    ...visitMetrics(rows, facts),
    ...attemptMetrics(rows, facts),
    ...loadMetrics(rows, facts),
    ...syncMetrics(rows, facts),
    ...linkMetrics(rows, facts),
  };
}

const BOUND = "a bound is worked out from the workload and the links, not from what happened";
const INSTANT =
  "rows do not tell what was first of what happens at the instant at which a bin begins";
const BELIEF = "rows do not tell what the server believed of each candidate at each decision";

/** Why the other metrics cannot be recomputed. */
export const NOT_RECOMPUTED: Readonly<Record<string, string>> = {
  "slowdown.mean":
    "the delay from an idle server follows from all links on the way and the transport",
  "server.bound": BOUND,
  "visit.bound": BOUND,
  "visit.gap": BOUND,
  "backlog.most": INSTANT,
  "backlog.back": INSTANT,
  "belief.transfers": BELIEF,
  "belief.busyAsIdle": BELIEF,
  "belief.idleAsBusy": BELIEF,
};
