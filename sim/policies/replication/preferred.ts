import { unitHash } from "../hash.ts";
import type { ReplicationView } from "./replication.ts";

/**
 * Indices of the volunteers with room for the file in the file's own order of preference, the best
 * first: by rendezvous hashing, so that more copies only add to fewer, and who leaves moves no other
 * file (Thaler and Ravishankar, IEEE/ACM ToN 6(1), 1998).
 */
export function preferred({ file, size, volunteers, count }: ReplicationView): number[] {
  const fitting: number[] = [];
  for (let i = 0; i < count; i++) if (volunteers[i].free >= size) fitting.push(i);
  const hash = (i: number) => unitHash(file, volunteers[i].node);
  return fitting.sort((a, b) => hash(a) - hash(b) || a - b);
}

/** The first `copies` of those preferred; a fraction is rounded. */
export function bestFor(view: ReplicationView, copies: number): number[] {
  return preferred(view).slice(0, Math.round(copies));
}
