import { unitHash } from "../../hash.ts";
import { log } from "../../portable-math.ts";
import type { DispatchPolicy } from "../dispatch.ts";
import { leastOf } from "../helpers/choice.ts";
import { holds, redirect } from "../helpers/holders.ts";
import { scratch } from "../helpers/scratch.ts";

/**
 * Always sends a file's customers to the same holder, and spreads the files by uplink.
 *
 * A holder draws, by hashing, an exponential time of mean 1 / uplink for the file; the first wins.
 * So one that leaves hands its own files on, and no other file moves.
 */
export const rendezvous: DispatchPolicy = {
  name: "rendezvous",
  summary: "highest random weight of file and holder, by uplink",
  source: "Thaler and Ravishankar, IEEE/ACM ToN 6(1), 1998; Kraken's hashring",
  params: {},
  decide(view, _params, random) {
    const times = scratch(view.count);
    for (let i = 0; i < view.count; i++) {
      if (!holds(view.candidates[i])) continue;
      const { node, uplink } = view.candidates[i];
      times[i] = -log(1 - unitHash(view.file, node)) / uplink;
    }
    return redirect(leastOf(view, random, times), "the file's own holder");
  },
};
