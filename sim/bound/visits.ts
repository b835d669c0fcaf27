import type { RequestTrace, Workload } from "../workload/workload.ts";

/** The measured visits in order of arrival, one index a visit. Seconds and bytes. */
export interface Visits {
  readonly count: number;
  readonly arrival: Float64Array;
  readonly customer: Uint32Array;
  readonly files: Float64Array;
  readonly bytes: Float64Array;
  /** Of these, in files that were not there from the start. */
  readonly newBytes: Float64Array;
  /** Of the largest file, and whether that one is new. */
  readonly largest: Float64Array;
  readonly isLargestNew: Uint8Array;
  /** Bytes of all requests that arrive at or after the measured time, of these visits or others. */
  readonly measuredBytes: number;
  /** Index of the visit that each request belongs to; -1 if that is not measured. */
  readonly of: Int32Array;
}

/** Visits that arrive at `from` or later. */
export function measuredVisits({ trace, catalogue }: Workload, from: number): Visits {
  const { requests, time, visit } = trace;
  const of = new Int32Array(requests);
  const firsts = firstRequests(trace);
  let count = 0;
  const indexOf = Int32Array.from(firsts, (first) => (time[first] >= from ? count++ : -1));
  const column = () => new Float64Array(count);
  const [arrival, files, bytes, newBytes, largest] = [
    column(),
    column(),
    column(),
    column(),
    column(),
  ];
  const customer = new Uint32Array(count);
  const isLargestNew = new Uint8Array(count);
  let measuredBytes = 0;
  for (let request = 0; request < requests; request++) {
    const size = trace.bytes[request];
    if (time[request] >= from) measuredBytes += size;
    const at = indexOf[visit[request]];
    of[request] = at;
    if (at < 0) continue;
    const isNew = catalogue.release[trace.file[request]] > Number.NEGATIVE_INFINITY;
    if (files[at] === 0) arrival[at] = time[request];
    customer[at] = trace.customer[request];
    files[at]++;
    bytes[at] += size;
    if (isNew) newBytes[at] += size;
    if (size <= largest[at]) continue;
    largest[at] = size;
    isLargestNew[at] = isNew ? 1 : 0;
  }
  const columns = { arrival, customer, files, bytes, newBytes, largest, isLargestNew };
  return { count, ...columns, measuredBytes, of };
}

/** The first request of each visit, by which visits are numbered. */
function firstRequests({ requests, visit, visits }: RequestTrace): Uint32Array {
  const firsts = new Uint32Array(visits);
  for (let request = requests - 1; request >= 0; request--) firsts[visit[request]] = request;
  return firsts;
}
