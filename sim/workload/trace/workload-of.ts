import { countVisits, visitsByPause } from "../visits.ts";
import { NO_CHANGES, type Workload } from "../workload.ts";
import type { AccessTrace } from "./trace.ts";

/** The trace as a simulation replays it, without a copy; where it tells no visits, pauses do. */
export function workloadOf(trace: AccessTrace): Workload {
  const { requests } = trace;
  const customers = trace.customers.length;
  const visit = requests.visit.length > 0 ? requests.visit : visitsByPause(requests, customers);
  return {
    catalogue: trace.catalogue,
    changes: NO_CHANGES,
    trace: { ...requests, visit, visits: countVisits(visit, requests.requests) },
    customers,
    window: trace.window,
    notes: [],
  };
}
