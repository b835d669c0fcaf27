import { unitHash } from "../../hash.ts";
import { count } from "../../policy.ts";
import { log } from "../../portable-math.ts";
import type { DispatchPolicy } from "../dispatch.ts";
import { leastOf } from "../helpers/choice.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";

const params = {
  byUplink: count(0, 0, 1, "1 spreads the files by uplink; 0 weighs all alike, as Kraken does"),
};

/**
 * Always sends a file's customers to the same holder.
 *
 * A holder draws, by hashing, an exponential time for the file, of mean 1 or 1 / uplink; the first wins.
 * So one that leaves hands its own files on, and no other file moves.
 */
export const rendezvous: DispatchPolicy<typeof params> = {
  name: "rendezvous",
  summary: "the holder with the highest random weight for the file",
  source:
    "Thaler and Ravishankar, IEEE/ACM ToN 6(1), 1998; uber/kraken 2a7fbcb, lib/hashring/ring.go",
  differs:
    "whoever is no candidate is passed over at once, where Kraken knows three replicas of a file",
  params,
  decide(view, { byUplink }, random) {
    const times = scratch(view.count);
    for (let i = 0; i < view.count; i++) {
      if (!holds(view.candidates[i])) continue;
      const { node, uplink } = view.candidates[i];
      const time = -log(1 - unitHash(view.file, node));
      times[i] = byUplink === 1 ? time / uplink : time;
    }
    return redirect(leastOf(view, random, times), "the file's own holder");
  },
};
