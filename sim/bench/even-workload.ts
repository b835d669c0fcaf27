import { withVisits } from "../workload/visits.ts";
import { NO_CHANGES, type Workload } from "../workload/workload.ts";

/** How much there is of everything. */
export interface Amounts {
  readonly files: number;
  readonly customers: number;
  readonly requests: number;
  /** Whether all customers ask at the same moment; else they follow each other evenly. */
  readonly atOnce: boolean;
}

const WINDOW = 86_400;
const BYTES = 1e6;

/** Requests of 1 MB, customer by customer and file by file, over a day or all in its first second. */
export function evenWorkload({ files, customers, requests, atOnce }: Amounts): Workload {
  const step = (atOnce ? 1 : WINDOW) / requests;
  return {
    catalogue: {
      files,
      size: new Float64Array(files).fill(BYTES),
      digest: Uint32Array.from({ length: files }, (_, file) => file),
      release: new Float64Array(files).fill(Number.NEGATIVE_INFINITY),
      path: (file) => `file-${file}`,
    },
    changes: NO_CHANGES,
    trace: withVisits(
      {
        requests,
        time: Float64Array.from({ length: requests }, (_, request) => request * step),
        customer: Uint32Array.from({ length: requests }, (_, request) => request % customers),
        file: Uint32Array.from({ length: requests }, (_, request) => request % files),
        bytes: new Float64Array(requests).fill(BYTES),
      },
      customers,
    ),
    customers,
    window: WINDOW,
    notes: [],
  };
}
