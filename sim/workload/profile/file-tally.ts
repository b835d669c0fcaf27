import type { AccessTrace } from "../trace/trace.ts";

/** What was asked of each file over the whole trace, by the file's row. */
export interface FileTally {
  readonly requests: Uint32Array;
  readonly bytes: Float64Array;
}

export function tallyFiles({ catalogue, requests: rows }: AccessTrace): FileTally {
  const requests = new Uint32Array(catalogue.files);
  const bytes = new Float64Array(catalogue.files);
  for (let row = 0; row < rows.requests; row++) {
    const file = rows.file[row];
    requests[file]++;
    bytes[file] += rows.bytes[row];
  }
  return { requests, bytes };
}
