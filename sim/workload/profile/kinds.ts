import { type DetailedCatalogue, FILE_KINDS, type FileKind } from "../trace/trace.ts";
import type { FileTally } from "./file-tally.ts";

/** What files of one kind weigh, stored and delivered. */
export interface KindRow {
  readonly kind: FileKind;
  readonly files: number;
  readonly bytes: number;
  readonly requests: number;
  readonly uploadBytes: number;
}

/** One row for every kind, in the order of `FILE_KINDS`. */
export function profileKinds(catalogue: DetailedCatalogue, tally: FileTally): readonly KindRow[] {
  const rows = FILE_KINDS.map((kind) => ({
    kind,
    files: 0,
    bytes: 0,
    requests: 0,
    uploadBytes: 0,
  }));
  for (let file = 0; file < catalogue.files; file++) {
    const row = rows[catalogue.kind[file]];
    row.files++;
    row.bytes += catalogue.size[file];
    row.requests += tally.requests[file];
    row.uploadBytes += tally.bytes[file];
  }
  return rows;
}
