import type { Workload } from "../workload/workload.ts";

/**
 * Bytes of the contents that are first published from `from` on, each once: the least with which a
 * server feeds volunteers that are to hold everything and make nothing of earlier versions.
 */
export function publishedBytes({ catalogue }: Workload, from: number): number {
  const { files, release, digest, size } = catalogue;
  const known = new Set<number>();
  for (let file = 0; file < files; file++) if (release[file] < from) known.add(digest[file]);
  let total = 0;
  for (let file = 0; file < files; file++) {
    if (known.has(digest[file])) continue;
    known.add(digest[file]);
    total += size[file];
  }
  return total;
}

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
