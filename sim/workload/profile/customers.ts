import type { AccessTrace } from "../trace/trace.ts";
import { countVisits, SESSION_GAP } from "../visits.ts";
import { forEachCustomer } from "./by-customer.ts";
import { RoundedSpread } from "./rounded-spread.ts";
import { type Spread, spreadOf } from "./spread.ts";

export interface CustomersProfile {
  /** Customers with at least one request. */
  readonly customers: number;
  readonly requestsEach: Spread | null;
  /** The share of the requests that the busiest hundredth of the customers makes, at least one. */
  readonly busiestHundredth: number | null;
  /** By pauses of more than `SESSION_GAP`, whether or not the trace tells visits: as in any log. */
  readonly sessions: number;
  readonly requestsPerSession: Spread | null;
  /** Seconds from a session's first request to its last. */
  readonly sessionLength: Spread | null;
  /** Of visits as the trace tells them; null where it does not. */
  readonly requestsPerVisit: Spread | null;
  /** Requests for a file that the same customer had asked for before, at any time. */
  readonly repeated: number;
  /** Those of them in the same session: retries, resumed downloads and checks. */
  readonly repeatedInSession: number;
}

export function profileCustomers({
  requests: table,
  customers,
  catalogue,
}: AccessTrace): CustomersProfile {
  const each: number[] = [];
  const perSession = new RoundedSpread();
  const lengths = new RoundedSpread();
  let sessions = 0;
  let repeated = 0;
  let repeatedInSession = 0;
  const askedBy = new Uint32Array(catalogue.files); // The last customer, counted from 1.
  const askedIn = new Uint32Array(catalogue.files); // The last session, counted from 1.

  forEachCustomer(table, customers.length, (rows, customer) => {
    each.push(rows.length);
    let first = 0; // Of the session, among the rows.
    for (const [at, row] of rows.entries()) {
      const isLast = at + 1 === rows.length;
      if (at === first) sessions++;
      const file = table.file[row];
      if (askedBy[file] === customer + 1) repeated++;
      if (askedIn[file] === sessions) repeatedInSession++;
      askedBy[file] = customer + 1;
      askedIn[file] = sessions;
      if (!isLast && table.time[rows[at + 1]] - table.time[row] <= SESSION_GAP) continue;
      perSession.add(at + 1 - first);
      lengths.add(table.time[row] - table.time[rows[first]]);
      first = at + 1;
    }
  });
  return {
    customers: each.length,
    requestsEach: spreadOf(each),
    busiestHundredth: busiestHundredth(each, table.requests),
    sessions,
    requestsPerSession: perSession.spread,
    sessionLength: lengths.spread,
    requestsPerVisit: requestsPerVisit(table),
    repeated,
    repeatedInSession,
  };
}

/** Null where the trace tells no visit. */
function requestsPerVisit({ visit, requests }: AccessTrace["requests"]): Spread | null {
  if (visit.length === 0) return null;
  const counts = new Uint32Array(countVisits(visit, requests));
  for (let row = 0; row < requests; row++) counts[visit[row]]++;
  const spread = new RoundedSpread();
  for (const count of counts) spread.add(count);
  return spread.spread;
}

function busiestHundredth(each: readonly number[], requests: number): number | null {
  if (requests === 0) return null;
  const sorted = Float64Array.from(each).sort();
  const few = Math.ceil(each.length / 100);
  return sorted.subarray(sorted.length - few).reduce((sum, count) => sum + count, 0) / requests;
}
