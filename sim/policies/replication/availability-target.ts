import { ratio } from "../policy.ts";
import { preferred } from "./preferred.ts";
import type { ReplicationPolicy } from "./replication.ts";

const params = {
  target: ratio(0.999, 0, 0.999_999_999, "probability that some copy is on line, at least"),
};

/** Products this close to the target count as there, whatever the rounding. */
const ROUNDING = 1e-12;

/** Makes copies until 1 − Π(1 − availability) reaches the target; volunteers fail independently. */
export const availabilityTarget: ReplicationPolicy<typeof params> = {
  name: "availability-target",
  summary: "as many copies as make it likely enough that one is on line",
  source: "Rodrigues and Liskov, High availability in DHTs, IPTPS 2005",
  params,
  decide(view, { target }) {
    const copyTo: number[] = [];
    let allGone = 1;
    for (const index of preferred(view)) {
      if (allGone <= 1 - target + ROUNDING) break;
      copyTo.push(index);
      allGone *= 1 - (view.volunteers[index].availability ?? 1);
    }
    return { copyTo, reason: "until available enough" };
  },
};
