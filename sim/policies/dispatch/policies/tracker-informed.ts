import { ratio, seconds } from "../../policy.ts";
import { type Candidate, type DispatchPolicy, SERVER } from "../dispatch.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { spareRate } from "../helpers/spare.ts";

const params = {
  floor: ratio(0.1, 0.01, 1, "of its rate that deliveries get of a volunteer that synchronises"),
  grain: seconds(5, 0.01, 3600, "delays this close count as equal, and the fair share decides"),
};

/**
 * Takes the holder whose load would delay the customer least and, among near equals, the one that
 * has been given least for its rate; a draw settles what is still equal.
 *
 * The delay is the estimated delivery time minus what the file would take of the volunteer alone. It
 * counts both workloads, deliveries and synchronisation, but not the volunteer's speed: while nobody
 * is busy, slow volunteers are as welcome as fast ones and each carries its fair share.
 *
 * An uplink is shared equally by its transfers. While the file is sent, each other transfer gets no
 * more than the file's size, and none gets more than it has left: `ahead` is the sum. So a small file
 * passes a large one.
 */
export const trackerInformed: DispatchPolicy<typeof params> = {
  name: "tracker-informed",
  summary: "least delay by what is in flight and synchronised, then fair shares",
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
      const share = candidate.given / candidate.rate;
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

/** Seconds that the volunteer's load would add to the delivery of `size` bytes. */
function delay(candidate: Candidate, now: number, size: number, floor: number): number {
  const { ahead, rate } = candidate;
  return (ahead + size) / spareRate(candidate, now, floor) - size / rate;
}
