import type { Catalogue, RequestTrace } from "./workload.ts";

/** One customer's visit: all its requests are made at one time, in order. */
export interface Session {
  /** Seconds from the start of the window. */
  readonly time: number;
  readonly customer: number;
  /** Rows of the catalogue, each wanted whole. */
  readonly files: readonly number[];
}

/** The sessions' requests by time, then customer, then their order within the session. */
export function traceOf(sessions: readonly Session[], catalogue: Catalogue): RequestTrace {
  const requests = sessions.reduce((sum, { files }) => sum + files.length, 0);
  const trace = {
    requests,
    time: new Float64Array(requests),
    customer: new Uint32Array(requests),
    file: new Uint32Array(requests),
    bytes: new Float64Array(requests),
    visit: new Uint32Array(requests),
    visits: 0,
  };
  let row = 0;
  for (const { time, customer, files } of sessions.toSorted(bySessionOrder)) {
    if (files.length > 0) trace.visits++;
    for (const file of files) {
      trace.visit[row] = trace.visits - 1;
      trace.time[row] = time;
      trace.customer[row] = customer;
      trace.file[row] = file;
      trace.bytes[row] = catalogue.size[file];
      row++;
    }
  }
  return trace;
}

function bySessionOrder(a: Session, b: Session): number {
  return a.time - b.time || a.customer - b.customer;
}
