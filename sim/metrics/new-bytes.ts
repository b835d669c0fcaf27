import type { Workload } from "../workload/workload.ts";

/**
 * Bytes that the server has to send from `from` on, whoever delivers: each content that is first
 * published then and asked for, once.
 */
export function newBytes({ catalogue, trace }: Workload, from: number): number {
  const { release, digest, size } = catalogue;
  // What has been there before, under whatever name, the server may have sent before.
  const known = new Set<number>();
  for (let file = 0; file < catalogue.files; file++) {
    if (release[file] < from) known.add(digest[file]);
  }
  let total = 0;
  for (let request = 0; request < trace.requests; request++) {
    const file = trace.file[request];
    if (known.has(digest[file])) continue;
    known.add(digest[file]);
    total += size[file];
  }
  return total;
}
