import type { Workload } from "../../workload/workload.ts";

/** How much work there is in one replication. Plain data: it is kept beside the results. */
export interface WorkloadFacts {
  readonly files: number;
  /** Bytes of all files together, and of those that come within the window. */
  readonly bytes: number;
  readonly released: number;
  readonly requests: number;
  /** Bytes that are asked for. */
  readonly wanted: number;
  readonly visits: number;
  readonly customers: number;
  /** Seconds. */
  readonly window: number;
}

export function workloadFacts({ catalogue, trace, customers, window }: Workload): WorkloadFacts {
  let [bytes, released, wanted] = [0, 0, 0];
  for (let file = 0; file < catalogue.files; file++) {
    bytes += catalogue.size[file];
    if (catalogue.release[file] > 0) released += catalogue.size[file];
  }
  for (let request = 0; request < trace.requests; request++) wanted += trace.bytes[request];
  const { requests, visits } = trace;
  return { files: catalogue.files, bytes, released, requests, wanted, visits, customers, window };
}
