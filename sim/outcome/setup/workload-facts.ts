import type { Workload } from "../../workload/workload.ts";

const HOUR = 3600;

/** How much work there is in one replication. Plain data: it is kept beside the results. */
export interface WorkloadFacts {
  readonly files: number;
  /** Bytes of all files together, and of those that come within the window. */
  readonly bytes: number;
  readonly released: number;
  readonly requests: number;
  /** Bytes that are asked for. */
  readonly wanted: number;
  /** Bytes asked for in the hour, of those from the start of the window on, in which most are. */
  readonly busiestHour: number;
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
  const byHour = new Float64Array(Math.ceil(window / HOUR) + 1);
  for (let request = 0; request < trace.requests; request++) {
    wanted += trace.bytes[request];
    byHour[Math.floor(trace.time[request] / HOUR)] += trace.bytes[request];
  }
  const busiestHour = byHour.reduce((most, of) => Math.max(most, of), 0);
  const { requests, visits } = trace;
  const of = { files: catalogue.files, bytes, released, requests, wanted, busiestHour };
  return { ...of, visits, customers, window };
}
