import type { Candidate } from "../dispatch.ts";

/**
 * Bytes per second that deliveries get of a volunteer's rate beside its synchronisation.
 *
 * A synchronisation is taken to go on at its reported rate until what was left is done. It takes away
 * only what the line that both share does not have besides; `floor` of the rate is always left.
 */
export function spareRate(candidate: Candidate, now: number, floor: number): number {
  const { rate, shared, syncRate, left, reportedAt } = candidate;
  const isSynchronising = syncRate * (now - reportedAt) < left;
  const line = isSynchronising ? Math.max(shared - syncRate, floor * rate) : shared;
  return Math.min(rate, line);
}
