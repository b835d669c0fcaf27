import { Fingerprint } from "../../engine/fingerprint.ts";
import type { Workload } from "../../workload/workload.ts";

/** A hash of all that customers ask for and when, and of what changes: what no policy can change. */
export function workloadDigest(workload: Workload): string {
  const { catalogue, trace, changes, customers, window } = workload;
  const hash = new Fingerprint();
  const { size, digest, release } = catalogue;
  for (const value of [catalogue.files, trace.requests, customers, window]) hash.add(value);
  for (const column of [size, digest, release]) for (const value of column) hash.add(value);
  for (let request = 0; request < trace.requests; request++) {
    hash.add(trace.time[request]);
    hash.add(trace.customer[request]);
    hash.add(trace.file[request]);
    hash.add(trace.bytes[request]);
    hash.add(trace.visit[request]);
  }
  for (let change = 0; change < changes.count; change++) {
    hash.add(changes.time[change]);
    hash.add(changes.file[change]);
  }
  return hash.toString();
}
