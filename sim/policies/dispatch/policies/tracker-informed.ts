import { ratio, seconds } from "../../policy.ts";
import { type Candidate, type DispatchPolicy, SERVER } from "../dispatch.ts";
import { holds, redirect } from "../helpers/holders.ts";

const params = {
  floor: ratio(0.1, 0.01, 1, "of its uplink that deliveries get of a volunteer that synchronises"),
  grain: seconds(5, 0.01, 3600, "delays this close count as equal, and the fair share decides"),
};

/**
 * Takes the holder whose load would delay the customer least and, among near equals, the one that
 * has done least for its uplink; a draw settles what is still equal.
 *
 * The delay is the estimated delivery time minus what the file would take on the idle uplink. It
 * counts both workloads, deliveries and synchronisation, but not the volunteer's speed: while
 * nobody is busy, slow volunteers are as welcome as fast ones and each carries its fair share.
 *
 * An uplink is shared equally by its transfers. While the file of `size` bytes is sent, each other
 * transfer gets no more than `size` bytes, and all together no more than they have left. So the
 * file waits for the lesser of `transfers · size` and the backlog: a small file passes a large one.
 */
export const trackerInformed: DispatchPolicy<typeof params> = {
  name: "tracker-informed",
  summary: "least delay by the tracker's reports and the server's own redirects, then fair shares",
  source: "abstract, on ongoing work: the tracker's estimates of the volunteers' workloads",
  params,
  decide({ candidates, count, now, size }, { floor, grain }, random) {
    let best = SERVER;
    let leastStep = Number.POSITIVE_INFINITY;
    let leastShare = Number.POSITIVE_INFINITY;
    let ties = 0;
    for (let i = 0; i < count; i++) {
      const candidate = candidates[i];
      if (!holds(candidate)) continue;
      const step = Math.floor(delay(candidate, now, size, floor) / grain);
      if (step > leastStep) continue;
      const share = shareOf(candidate);
      if (step < leastStep || share < leastShare) {
        best = i;
        leastStep = step;
        leastShare = share;
        ties = 1;
      } else if (share === leastShare && random() * ++ties < 1) {
        best = i; // The k-th of k equals replaces the one kept with probability 1/k.
      }
    }
    return redirect(best, "least delay, then least share");
  },
};

/**
 * Seconds that the volunteer's load would add to the delivery of `size` bytes.
 *
 * A synchronisation is taken to go on at its reported rate until what was left is done, and the
 * deliveries to use what it spares, from the report on.
 */
function delay(candidate: Candidate, now: number, size: number, floor: number): number {
  const { uplink, syncRate, left } = candidate;
  const age = now - candidate.reportedAt;
  const synchronised = Math.min(syncRate * age, left);
  const spare = synchronised < left ? Math.max(uplink - syncRate, floor * uplink) : uplink;
  const sent = Math.max(uplink * age - synchronised, floor * uplink * age);
  const backlog = Math.max(candidate.pending + candidate.redirected - sent, 0);
  const ahead = Math.min(candidate.transfers * size, backlog);
  return (ahead + size) / spare - size / uplink;
}

/** Seconds of the whole uplink that all deliveries so far amount to. */
function shareOf({ uploaded, pending, redirected, uplink }: Candidate): number {
  return (uploaded + pending + redirected) / uplink;
}
