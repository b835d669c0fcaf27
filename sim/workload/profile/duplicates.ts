import type { Catalogue } from "../workload.ts";
import { MEGABYTE } from "./sizes.ts";

/** Files of at least this many bytes are large: those that the abstract does not call small. */
export const LARGE = MEGABYTE;

/** Sizes in bytes from which duplicates are told, since their share depends much on it. */
const THRESHOLDS = [1, LARGE, 10 * MEGABYTE, 100 * MEGABYTE] as const;

/** Files of at least some size, and those of them with the content of another file's. */
export interface DuplicateRow {
  /** Bytes. */
  readonly from: number;
  readonly files: number;
  readonly bytes: number;
  /** Files that are identical to at least one other under another name; a pair counts as two. */
  readonly identical: number;
  readonly identicalBytes: number;
  /** Bytes that one copy of each content would save. */
  readonly redundantBytes: number;
}

/** Duplicates by digest; null if every file has a digest of its own, as in logs, which know none. */
export function profileDuplicates(catalogue: Catalogue): readonly DuplicateRow[] | null {
  const copies = copiesOf(catalogue);
  if (copies === null) return null;
  return THRESHOLDS.map((from) => duplicatesFrom(from, catalogue, copies));
}

function duplicatesFrom(
  from: number,
  { files, size, digest }: Catalogue,
  copies: Uint32Array,
): DuplicateRow {
  const row = { files: 0, bytes: 0, identical: 0, identicalBytes: 0, redundantBytes: 0 };
  for (let file = 0; file < files; file++) {
    if (size[file] < from) continue;
    row.files++;
    row.bytes += size[file];
    const count = copies[digest[file]];
    if (count < 2) continue;
    row.identical++;
    row.identicalBytes += size[file];
    row.redundantBytes += (size[file] * (count - 1)) / count;
  }
  return { from, ...row };
}

/** How many files have each digest, by digest. Digests are numbers from 0 without large gaps. */
function copiesOf({ files, digest }: Catalogue): Uint32Array | null {
  let most = 0;
  for (let file = 0; file < files; file++) most = Math.max(most, digest[file]);
  const copies = new Uint32Array(files === 0 ? 0 : most + 1);
  let isDistinct = true;
  for (let file = 0; file < files; file++) {
    if (++copies[digest[file]] > 1) isDistinct = false;
  }
  return isDistinct ? null : copies;
}
