import { NO_CHANGES, type Workload } from "../workload.ts";
import type { AccessTrace } from "./trace.ts";

/** The trace as a simulation replays it, without a copy. */
export function workloadOf(trace: AccessTrace): Workload {
  return {
    catalogue: trace.catalogue,
    changes: NO_CHANGES,
    trace: trace.requests,
    customers: trace.customers.length,
    window: trace.window,
    notes: [],
  };
}
