import type { AccessTrace } from "../trace/trace.ts";
import { countVisits, visitsByPause } from "../visits.ts";
import { AT_ONCE } from "./recipe.ts";

/** The visits of a trace: as it tells them, or else by pauses. */
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
  const { time, file, customer } = table;
  const visit = table.visit.length > 0 ? table.visit : visitsByPause(table, customers.length);
  const visits = countVisits(visit, table.requests);
  const start = new Float64Array(visits);
  const requests = new Uint32Array(visits);
  const last = new Uint32Array(visits); // The row of each visit's last request so far.
  const gaps = new Float64Array(table.requests - visits);
  const perCustomer = new Uint32Array(customers.length);
  let [pauses, repeated] = [0, 0];
  for (let row = 0; row < table.requests; row++) {
    const own = visit[row];
    if (requests[own]++ === 0) {
      start[own] = time[row];
      perCustomer[customer[row]]++;
    } else {
      gaps[pauses++] = Math.max(AT_ONCE, time[row] - time[last[own]]);
      if (file[row] === file[last[own]]) repeated++;
    }
    last[own] = row;
  }
  return { start, requests, perCustomer: perCustomer.filter(Boolean), gaps, repeated };
}
