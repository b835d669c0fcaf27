import { forEachCustomer } from "../profile/by-customer.ts";
import type { AccessTrace } from "../trace/trace.ts";
import { SESSION_GAP } from "../visits.ts";
import { AT_ONCE } from "./recipe.ts";

/** The visits of a trace, a customer's requests without a pause of half an hour. */
export interface Visits {
  /** Seconds from the start of the window, by visit. */
  readonly start: Float64Array;
  /** Requests, by visit. */
  readonly requests: Uint32Array;
  /** Visits, by customer with any. */
  readonly perCustomer: Uint32Array;
  /** Seconds between two requests of a visit, at least `AT_ONCE`. */
  readonly gaps: Float64Array;
  /** Requests for the same file as the one before in the visit. */
  readonly repeated: number;
}

export function visitsOf({ requests: table, customers }: AccessTrace): Visits {
  const start = new Float64Array(table.requests);
  const requests = new Uint32Array(table.requests);
  const gaps = new Float64Array(table.requests);
  const perCustomer: number[] = [];
  let [visits, pauses, repeated] = [0, 0, 0];
  forEachCustomer(table, customers.length, (rows) => {
    const before = visits;
    for (const [at, row] of rows.entries()) {
      const gap = at === 0 ? Number.POSITIVE_INFINITY : table.time[row] - table.time[rows[at - 1]];
      if (gap > SESSION_GAP) start[visits++] = table.time[row];
      else {
        gaps[pauses++] = Math.max(AT_ONCE, gap);
        if (table.file[row] === table.file[rows[at - 1]]) repeated++;
      }
      requests[visits - 1]++;
    }
    perCustomer.push(visits - before);
  });
  return {
    start: start.slice(0, visits),
    requests: requests.slice(0, visits),
    perCustomer: Uint32Array.from(perCustomer),
    gaps: gaps.slice(0, pauses),
    repeated,
  };
}
