import { rm, stat } from "node:fs/promises";
import { segmentsIn } from "./segments.ts";

/**
 * Removes whole segments, the oldest first, of which the last record was written before `until`
 * (milliseconds since 1970): none from `kept` on, which a restart begins with.
 */
export async function removeOld(folder: string, kept: number, until: number): Promise<void> {
  for (const { number, journal, snapshot } of segmentsIn(folder)) {
    if (number >= kept || (await writtenLast(journal)) >= until) return;
    await rm(snapshot, { force: true });
    await rm(journal, { force: true });
  }
}

/** Of what is not there, nothing is young. */
async function writtenLast(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return Number.NEGATIVE_INFINITY;
  }
}
